//! Tables of scores.

use super::{means::Mean, score::NAMES, simulated::Judged};

/// The errors that are told of simple means: time in band and speed.
const OF_MEANS: [usize; 2] = [0, 2];

/// One column per group, then all runs, the 90th percentile and the worst.
pub fn print(title: &str, judged: &[Judged]) {
    let mut groups: Vec<&str> = Vec::new();
    for one in judged {
        if !groups.contains(&one.group) {
            groups.push(one.group);
        }
    }
    println!("\n{title}");
    print!("{:32}", "");
    for group in &groups {
        print!("{group:>10.9}");
    }
    println!("{:>10}{:>10}{:>10}", "ALL", "p90", "worst");
    let row = |label: &str, of: &dyn Fn(&Judged) -> f64| {
        print!("{label:32}");
        for group in &groups {
            let values: Vec<f64> = judged.iter().filter(|one| one.group == *group).map(of).collect();
            print!("{:10.2}", mean(&values));
        }
        let mut all: Vec<f64> = judged.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        println!("{:10.2}{:10.2}{:10.2}", mean(&all), percentile(&all, 0.9), percentile(&all, 1.0));
    };
    for (index, name) in NAMES.iter().enumerate() {
        row(name, &|one| one.scores[0][index]);
    }
    for (place, mean) in Mean::ALL.iter().enumerate() {
        for index in OF_MEANS {
            row(&format!("{}: {}", mean.name(), NAMES[index]), &|one| one.scores[place + 1][index]);
        }
    }
}

/// The twenty runs with the largest errors of the time in band.
pub fn print_worst(judged: &[Judged]) {
    let mut by_error: Vec<&Judged> = judged.iter().collect();
    by_error.sort_by(|a, b| b.scores[0][0].total_cmp(&a.scores[0][0]));
    for one in by_error.iter().take(20) {
        print!("{:32}", one.name);
        for (name, value) in NAMES.iter().zip(one.scores[0]) {
            print!("  {name} {value:.2}");
        }
        println!();
    }
}

/// The mean of some values.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The value below which this share of sorted values lies, between two of them in proportion.
pub fn percentile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let (below, rest) = (at as usize, at.fract());
    let above = sorted[(below + 1).min(sorted.len() - 1)];
    sorted[below] + rest * (above - sorted[below])
}
