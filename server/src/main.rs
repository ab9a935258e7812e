//! `minyi`: see `minyi --help`.

fn main() -> std::process::ExitCode {
    server::cli::run()
}
