//! The machine, and what a process on it takes (Linux).

use std::fs;

/// Processor, cores, memory, kernel, on one line.
pub fn description() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let cpu = field(&read("/proc/cpuinfo"), "model name");
    let memory = field(&read("/proc/meminfo"), "MemTotal");
    let gib = memory.split(' ').next().and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(0.0) / 1_048_576.0;
    let kernel = read("/proc/sys/kernel/osrelease");
    format!("{cpu} · {} cores · {gib:.0} GiB · Linux {} · rustc profile {}", cores(), kernel.trim(), profile())
}

fn profile() -> &'static str {
    if cfg!(debug_assertions) { "dev (figures mean nothing)" } else { "release" }
}

/// Cores that this process may use.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Resident memory of a process in MB: now, and the most so far.
pub fn memory(pid: u32) -> (f64, f64) {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(0.0) * 1024.0 / 1e6
    };
    (field("VmRSS"), field("VmHWM"))
}

/// Forgets the most so far of this process, so that the next part is measured alone.
pub fn forget_peak() {
    // Not every kernel allows it; the figure is then an upper bound.
    let _ = fs::write("/proc/self/clear_refs", "5");
}
