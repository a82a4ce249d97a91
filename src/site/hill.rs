//! The hill: a breath as a landscape whose width is time. One dot a second, up for in, along for hold, down for out.

use serde::Serialize;

use crate::model::Breath;

// The drawing's measures, in its own units.
const LEFT: f64 = 40.0;
const RIGHT: f64 = 780.0;
const VALLEY: f64 = 366.0;
const TOP: f64 = 92.0;
/// How near two numbers may stand.
const ROOM_FOR_A_NUMBER: f64 = 40.0;

/// The drawing of a breath.
#[derive(Serialize)]
pub struct Hill {
    view_box: &'static str,
    line: String,
    valley: i32,
    dots: Vec<Dot>,
    in_x: i32,
    in_y: i32,
    hold_x: Option<i32>,
    hold_y: Option<i32>,
    out_x: i32,
    out_y: i32,
}

/// A second on the line.
#[derive(Serialize)]
struct Dot {
    x: i32,
    y: i32,
    /// Its number, where there is room for one.
    n: Option<u32>,
    tx: i32,
    ty: i32,
}

/// Draws a breath.
pub fn hill(breath: Breath) -> Hill {
    let Breath { inhale, hold, exhale, rest } = breath;
    let second = (RIGHT - LEFT) / f64::from((inhale + hold + exhale + rest).max(1));
    let top_from = LEFT + second * f64::from(inhale);
    let top_to = top_from + second * f64::from(hold);
    let valley_from = top_to + second * f64::from(exhale);
    let up = Slope { from: (LEFT, VALLEY), to: (top_from, TOP) };
    let down = Slope { from: (top_to, TOP), to: (valley_from, VALLEY) };

    let flat_top = if hold > 0 { format!(" H{}", round(top_to)) } else { String::new() };
    let flat_valley = if rest > 0 { format!(" H{}", round(RIGHT)) } else { String::new() };
    let path = format!("{}{flat_top} {}{flat_valley}", up.curve(), down.curve());
    let every = (ROOM_FOR_A_NUMBER / second).ceil().max(1.0) as u32;
    let mut dots = Vec::new();
    for n in 1..=inhale {
        let x = LEFT + second * f64::from(n);
        let (dx, dy) = if n == inhale && hold == 0 { (0.0, -32.0) } else { (-30.0, -20.0) };
        dots.push(dot(x, up.y(x), numbered(n, inhale, every), dx, dy));
    }
    for n in 1..=hold {
        dots.push(dot(top_from + second * f64::from(n), TOP, numbered(n, hold, every), 0.0, -32.0));
    }
    for n in 1..=exhale {
        let x = top_to + second * f64::from(n);
        let (dx, dy) = if n == exhale { (0.0, -32.0) } else { (24.0, -24.0) };
        dots.push(dot(x, down.y(x), numbered(n, exhale, every), dx, dy));
    }
    for n in 1..=rest {
        dots.push(dot(valley_from + second * f64::from(n), VALLEY, numbered(n, rest, every), 0.0, -32.0));
    }
    let middle = |from: f64, to: f64| (from + to) / 2.0;
    Hill {
        view_box: "0 0 820 410",
        line: format!("M{} {}{path}", round(LEFT), round(VALLEY)),
        valley: round(VALLEY),
        dots,
        in_x: 34,
        in_y: 196,
        hold_x: (hold > 0).then(|| round(middle(top_from, top_to))),
        hold_y: (hold > 0).then(|| round(TOP) + 66),
        out_x: round((middle(top_to, valley_from) + 82.0).min(700.0)),
        out_y: 150,
    }
}

fn numbered(n: u32, last: u32, every: u32) -> Option<u32> {
    (n == last || (n.is_multiple_of(every) && last - n >= every)).then_some(n)
}

fn dot(x: f64, y: f64, n: Option<u32>, dx: f64, dy: f64) -> Dot {
    Dot { x: round(x), y: round(y), n, tx: round(x + dx), ty: round(y + dy) }
}

fn round(value: f64) -> i32 {
    value.round() as i32
}

/// A side of the hill: a cubic curve that starts and ends level.
struct Slope {
    from: (f64, f64),
    to: (f64, f64),
}

impl Slope {
    fn handles(&self) -> (f64, f64) {
        let width = self.to.0 - self.from.0;
        (self.from.0 + width * 0.34, self.from.0 + width * 0.62)
    }

    fn curve(&self) -> String {
        let (first, second) = self.handles();
        format!(" C{} {} {} {} {} {}", round(first), round(self.from.1), round(second), round(self.to.1), round(self.to.0), round(self.to.1))
    }

    /// The height of the line at `x`.
    fn y(&self, x: f64) -> f64 {
        let (first, second) = self.handles();
        let at = |t: f64, a: f64, b: f64, c: f64, d: f64| {
            let u = 1.0 - t;
            u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
        };
        // The curve goes from left to right, so halving finds the place.
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            if at(middle, self.from.0, first, second, self.to.0) < x { low = middle } else { high = middle }
        }
        at(low, self.from.1, self.from.1, self.to.1, self.to.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_a_second_from_valley_to_valley() {
        let drawn = hill(Breath { inhale: 4, hold: 2, exhale: 6, rest: 0 });
        assert_eq!(drawn.dots.len(), 12);
        assert_eq!(drawn.dots.iter().map(|dot| dot.y).min(), Some(92));
        assert_eq!(drawn.dots.last().map(|dot| (dot.x, dot.y)), Some((780, 366)));
        assert!(drawn.dots.windows(2).all(|pair| pair[0].x < pair[1].x));
    }

    #[test]
    fn long_breaths_keep_their_numbers_apart() {
        let drawn = hill(Breath { inhale: 20, hold: 20, exhale: 20, rest: 20 });
        let numbers: Vec<_> = drawn.dots.iter().filter(|dot| dot.n.is_some()).collect();
        assert!(numbers.windows(2).all(|pair| pair[1].x - pair[0].x >= 30));
    }
}
