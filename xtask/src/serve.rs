//! `cargo xtask serve`: the page that ships, rebuilt on every change.

use crate::page;
use anyhow::{Context, Result, ensure};
use clap::Args;
use std::net::{Ipv4Addr, TcpListener};
use std::process::ExitCode;
#[cfg(unix)]
use std::{os::unix::process::CommandExt, process::Command};
use xshell::{Cmd, Shell, cmd};

/// Show the page in a browser, and rebuild it on every change
#[derive(Args)]
pub struct Arguments {
    /// The port to serve on [default: 8080, or any free one if that is taken]
    #[arg(long)]
    port: Option<u16>,
    /// Open a browser when the page is ready
    #[arg(long)]
    open: bool,
    /// Also draw the gallery of every component in every state, and say where it is
    #[arg(long)]
    gallery: bool,
}

/// What the drawn components of `tests/view` are shown in.
const GALLERY: &str = "target/gallery/index.html";

pub fn run(shell: &Shell, arguments: &Arguments) -> Result<ExitCode> {
    let port = free_port(arguments.port)?;
    page::prepare(shell)?;
    if arguments.gallery {
        draw_gallery(shell)?;
    }
    println!("Building the page. It will be at http://127.0.0.1:{port}/ (Ctrl-C ends it).");
    let port = port.to_string();
    let open = arguments.open.then_some("--open");
    // A folder of its own, as Trunk puts a reloading script into the pages that it serves.
    let trunk = page::trunk(shell, "serve").args(["--dist", "target/serve", "--port", &port]).args(open);
    go_on_as(trunk)
}

/// Becomes Trunk, so that whatever ends this command ends the server.
#[cfg(unix)]
fn go_on_as(trunk: Cmd) -> Result<ExitCode> {
    eprintln!("$ {trunk}");
    Err(Command::from(trunk).exec()).context("Trunk does not start")
}

#[cfg(not(unix))]
fn go_on_as(trunk: Cmd) -> Result<ExitCode> {
    trunk.run()?;
    Ok(ExitCode::SUCCESS)
}

/// The gallery needs no server: a browser opens it from the disk.
fn draw_gallery(shell: &Shell) -> Result<()> {
    // Components under work are drawn as they are; whether they should be so, the test says.
    let test = cmd!(shell, "cargo test --locked --quiet --test view every_page").ignore_status();
    test.ignore_stdout().ignore_stderr().run()?;
    let gallery = shell.current_dir().join(GALLERY);
    ensure!(gallery.exists(), "the gallery could not be drawn: see `cargo test --test view`");
    println!("Every component in every state is at file://{}", gallery.display());
    Ok(())
}

fn free_port(wanted: Option<u16>) -> Result<u16> {
    let bind =
        |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|listener| listener.local_addr());
    let address = match wanted {
        Some(port) => bind(port).with_context(|| format!("port {port} cannot be used"))?,
        None => bind(8080).or_else(|_| bind(0)).context("no port is free")?,
    };
    Ok(address.port())
}
