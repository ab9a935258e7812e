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

/// Seconds of processor time that a process has taken so far, in user code and in the kernel.
pub fn cpu(pid: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name of the program, in brackets, may have spaces; utime and stime are the 12th and 13th field after it.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    // The kernel counts in hundredths of a second on every platform that we know (USER_HZ).
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Forgets the most so far of this process, so that the next part is measured alone.
pub fn forget_peak() {
    // Not every kernel allows it; the figure is then an upper bound.
    let _ = fs::write("/proc/self/clear_refs", "5");
}
