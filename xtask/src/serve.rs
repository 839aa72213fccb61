//! `cargo xtask serve`: the page that ships, rebuilt on every change.

use crate::page;
use anyhow::{Context, Result};
use clap::Args;
use std::net::{Ipv4Addr, TcpListener};
use std::process::ExitCode;
use xshell::Shell;

/// Show the page in a browser, and rebuild it on every change
#[derive(Args)]
pub struct Arguments {
    /// The port to serve on [default: 8080, or any free one if that is taken]
    #[arg(long)]
    port: Option<u16>,
    /// Open a browser when the page is ready
    #[arg(long)]
    open: bool,
}

pub fn run(shell: &Shell, arguments: &Arguments) -> Result<ExitCode> {
    let port = free_port(arguments.port)?;
    page::prepare(shell)?;
    println!("Building the page. It will be at http://127.0.0.1:{port}/ (Ctrl-C ends it).");
    let port = port.to_string();
    let open = arguments.open.then_some("--open");
    // A folder of its own, as Trunk puts a reloading script into the pages that it serves.
    page::trunk(shell, "serve").args(["--dist", "target/serve", "--port", &port]).args(open).run()?;
    Ok(ExitCode::SUCCESS)
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
