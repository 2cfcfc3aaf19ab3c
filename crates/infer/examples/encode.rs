//! How fast is an encoder, and what does it make of some pieces?
//!
//! `cargo run --profile fast -p onrecord-infer --example encode -- MODEL speed` prints pieces a second of processor
//! time by length of window; `… -- MODEL PIECES STATES` reads windows, one a line, as `id:tag:looks` parted by
//! blanks, and writes their states as floats; `… -- MODEL pieces WORDS` prints the numbers of the pieces of words,
//! one a line.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a program for those who measure")]

use onrecord_infer::encoder::{Encoder, Piece, Pieces, Room, Tensors};
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [model, what, rest @ ..] = args.as_slice() else {
        return Err("expected MODEL and what to do".into());
    };
    let tensors = Tensors::parse(&fs::read(model)?)?;
    let encoder = Encoder::new(&tensors)?;
    let mut room = Room::default();
    if what == "speed" {
        for length in [32, 64, 128, 192, 256] {
            let pieces: Vec<Piece> = (0..length)
                .map(|n| Piece { id: (n * 37 % 15_000) as u32, tag: (n % 20) as u8, looks: 0 })
                .collect();
            encoder.states(&pieces, &mut room);
            let (begun, mut n_windows) = (processor_ticks()?, 0);
            while processor_ticks()? - begun < 60 {
                for _ in 0..8 {
                    encoder.states(&pieces, &mut room);
                }
                n_windows += 8;
            }
            let seconds = (processor_ticks()? - begun) as f64 / 100.0;
            println!("{length} pieces a window: {:.0} pieces/s", (n_windows * length) as f64 / seconds);
        }
        return Ok(());
    }
    let mut out = Vec::new();
    if what == "pieces" {
        let known = Pieces::new(&tensors)?;
        for word in fs::read_to_string(rest.first().ok_or("expected words, one a line")?)?.lines() {
            let mut ids = Vec::new();
            known.of(word, &mut ids);
            let ids: Vec<String> = ids.iter().map(u32::to_string).collect();
            println!("{}", ids.join(" "));
        }
        return Ok(());
    }
    for line in fs::read_to_string(what)?.lines() {
        let pieces: Result<Vec<Piece>, Box<dyn Error>> = line
            .split(' ')
            .map(|piece| {
                let numbers: Vec<u32> = piece.split(':').map(str::parse).collect::<Result<_, _>>()?;
                let [id, tag, looks] = numbers[..] else { return Err("expected id:tag:looks".into()) };
                Ok(Piece { id, tag: tag as u8, looks: looks as u8 })
            })
            .collect();
        let states = encoder.states(&pieces?, &mut room);
        out.extend(states.iter().flat_map(|x| x.to_le_bytes()));
    }
    fs::write(rest.first().ok_or("expected a file for the states")?, out)?;
    Ok(())
}

/// Hundredths of a second that this program had a processor for (Linux).
fn processor_ticks() -> Result<u64, Box<dyn Error>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let after = stat.rsplit(')').next().unwrap_or_default();
    let number = |n: usize| after.split_whitespace().nth(n).and_then(|x| x.parse::<u64>().ok());
    Ok(number(11).unwrap_or_default() + number(12).unwrap_or_default())
}
