//! QR codes, by which a phone takes a text from a screen. The program that the page fetches on demand makes them.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// How many modules of light a code needs around it, by ISO/IEC 18004.
const QUIET: i32 = 4;

/// The code of a text as the address of an SVG, dark on light whatever stands around it. None where the text is longer than
/// any code holds.
pub(crate) fn address(text: &str) -> Option<String> {
    // The library takes a higher level of correction where that makes the code no larger.
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let size = code.size();
    let mut dark = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let run = (x..size).take_while(|x| code.get_module(*x, y)).count() as i32;
            if run > 0 {
                let _ = write!(dark, "M{x} {y}h{run}v1h-{run}z");
            }
            x += run + 1;
        }
    }
    let (from, whole) = (-QUIET, size + 2 * QUIET);
    Some(format!(
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='{from} {from} {whole} {whole}' \
         shape-rendering='crispEdges'><path fill='white' d='M{from} {from}h{whole}v{whole}h-{whole}z'/><path d='{dark}'/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the squares of an address back.
    fn drawn(address: &str) -> Vec<Vec<bool>> {
        let size = address.split("viewBox='-4 -4 ").nth(1).unwrap().split(' ').next().unwrap();
        let size = size.parse::<usize>().unwrap() - 8;
        let mut squares = vec![vec![false; size]; size];
        let path = address.split("<path d='").nth(1).unwrap().split('\'').next().unwrap();
        for run in path.split_terminator('z') {
            let (place, rest) = run[1..].split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            squares[y][x..x + length].fill(true);
        }
        squares
    }

    #[test]
    fn every_square_of_the_code_is_drawn() {
        for text in ["https://example.org/#1.abc", &"a".repeat(model::limits::CODE_MAX)] {
            let code = QrCode::encode_text(text, QrCodeEcc::Low).unwrap();
            let squares = drawn(&address(text).unwrap());
            assert_eq!(squares.len(), code.size() as usize);
            for (y, row) in squares.iter().enumerate() {
                for (x, dark) in row.iter().enumerate() {
                    assert_eq!(*dark, code.get_module(x as i32, y as i32), "at {x}, {y}");
                }
            }
        }
    }

    #[test]
    fn a_text_that_no_code_holds_has_none() {
        assert_eq!(address(&"a".repeat(3_000)), None);
    }
}
