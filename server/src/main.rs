//! `minyi`: see `minyi --help`.

/// A page is thousands of small strings; the system's allocator spends a quarter of its time on them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    server::cli::run()
}
