//! Measures of ranking by their definitions; of ties, by going through every order.
#![allow(dead_code)] // Each test binary uses its part.

/// What is asked. Numbers as of `LGT_RANKING_`.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub measure: u32,
    pub k: usize,
    pub ties: u32,
    pub exponential: bool,
    pub unretrieved: bool,
    pub above: f64,
    pub most: i32,
    pub persistence: f64,
}

fn gain(asked: &Asked, grade: f64) -> f64 {
    match grade > 0.0 {
        false => 0.0,
        true if asked.exponential => grade.exp2() - 1.0,
        true => grade,
    }
}

fn dcg(asked: &Asked, grades: &[f64]) -> f64 {
    let k = if asked.k == 0 { usize::MAX } else { asked.k };
    let terms = grades.iter().take(k).enumerate();
    terms.map(|(i, g)| gain(asked, *g) / ((i + 2) as f64).log2()).sum()
}

/// Of documents in this order, of `all` that there are; `None` without what is asked for.
fn in_order(asked: &Asked, ranked: &[f64], all: &[f64]) -> Option<f64> {
    let is = |g: &&f64| **g > asked.above;
    let k = if asked.k == 0 { ranked.len() } else { asked.k };
    let top = &ranked[..k.min(ranked.len())];
    let relevant = all.iter().filter(is).count() as f64;
    let judged = all.iter().filter(|g| (0.0..=asked.above).contains(*g)).count() as f64;
    let hits = top.iter().filter(is).count() as f64;
    let per_k = k.max(1) as f64;
    let cascade = |chance: &dyn Fn(f64) -> f64, worth: &dyn Fn(i32) -> f64| {
        let mut left = 1.0;
        let mut sum = 0.0;
        for (i, g) in (1..).zip(top) {
            sum += left * chance(*g) * worth(i);
            left *= 1.0 - chance(*g);
        }
        sum
    };
    let others = all.len() as f64 - relevant;
    match asked.measure {
        1 => {
            let mut best = all.to_vec();
            best.sort_by(|a, b| b.total_cmp(a));
            let best = dcg(asked, &best);
            return (best > 0.0).then(|| dcg(asked, ranked) / best);
        }
        2 => return Some(dcg(asked, ranked)),
        9 => return (others > 0.0).then(|| (top.len() as f64 - hits) / others),
        _ if relevant == 0.0 => return None,
        _ => {}
    }
    Some(match asked.measure {
        3 => {
            let hits = |i: usize| top[..=i].iter().filter(is).count() as f64;
            let at = (0..top.len()).filter(|i| is(&&top[*i]));
            at.map(|i| hits(i) / (i + 1) as f64).sum::<f64>() / relevant
        }
        4 => top.iter().position(|g| is(&g)).map_or(0.0, |i| 1.0 / (i + 1) as f64),
        5 => hits / per_k,
        6 => hits / relevant,
        7 => {
            let (p, r) = (hits / per_k, hits / relevant);
            if hits > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
        }
        8 => f64::from(u8::from(hits > 0.0)),
        10 => ranked.iter().take(relevant as usize).filter(is).count() as f64 / relevant,
        11 => {
            let (mut before, mut sum) = (0.0, 0.0);
            for g in ranked {
                if is(&g) {
                    let most = relevant.min(judged);
                    sum += if before > 0.0 { 1.0 - relevant.min(before) / most } else { 1.0 };
                } else if *g >= 0.0 {
                    before += 1.0;
                }
            }
            sum / relevant
        }
        12 => {
            let p = asked.persistence;
            let at = top.iter().enumerate().filter(|(_, g)| is(g));
            at.map(|(i, _)| (1.0 - p) * p.powi(i as i32)).sum()
        }
        13 => cascade(&|g| (g.max(0.0).exp2() - 1.0) / f64::from(asked.most).exp2(), &|i| {
            1.0 / f64::from(i)
        }),
        other => panic!("there is no measure {other}"),
    })
}

/// Every order of these.
fn orders(of: &[f64]) -> Vec<Vec<f64>> {
    if of.is_empty() {
        return vec![vec![]];
    }
    let mut made = vec![];
    for i in 0..of.len() {
        let mut rest = of.to_vec();
        let first = rest.remove(i);
        made.extend(orders(&rest).into_iter().map(|rest| [vec![first], rest].concat()));
    }
    made
}

/// The measure of a query; `None` where nothing is to be found.
pub fn query(asked: &Asked, scores: &[f64], grades: &[f64]) -> Option<f64> {
    let found = |i: &usize| !asked.unretrieved || scores[*i] > f64::NEG_INFINITY;
    let mut places: Vec<usize> = (0..scores.len()).filter(found).collect();
    // Stable; -0 and 0 are equal.
    places.sort_by(|a, b| scores[*b].partial_cmp(&scores[*a]).unwrap());
    let runs = places.chunk_by(|a, b| scores[*a] == scores[*b]);
    let mut all: Vec<Vec<f64>> = vec![vec![]];
    for run in runs {
        let mut run: Vec<f64> = run.iter().map(|i| grades[*i]).collect();
        let ways = match asked.ties {
            0 => orders(&run),
            1 => vec![run],
            2 => {
                run.sort_by(f64::total_cmp);
                vec![run]
            }
            _ => {
                run.reverse();
                vec![run]
            }
        };
        all = all
            .iter()
            .flat_map(|before| ways.iter().map(|way| [&before[..], way].concat()))
            .collect();
    }
    let values: Option<Vec<f64>> = all.iter().map(|way| in_order(asked, way, grades)).collect();
    values.map(|values| values.iter().sum::<f64>() / values.len() as f64)
}
