//! What lies in a model's file? Named tables of numbers: floats, bytes with a scale for each row, or letters.
//!
//! All numbers are little-endian: the magic `ONRECORD`, `u32` version, `u32` number of tables, then each table:
//! `u32` length of its name, the name, `u32` kind (0 floats, 1 bytes, 2 letters), `u32` height, `u32` width, the
//! data: `height * width` floats; or `height` scales and `height * width` signed bytes; or `width` bytes of UTF-8.

use std::collections::BTreeMap;
use std::fmt;

const MAGIC: &[u8; 8] = b"ONRECORD";

/// The version that is read here.
const VERSION: u32 = 1;

/// What is wrong with a file of weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadFile(pub(crate) &'static str);

impl BadFile {
    /// A file that lacks what its reader wants.
    pub fn new(what: &'static str) -> BadFile {
        BadFile(what)
    }
}

impl fmt::Display for BadFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a model of this program, found {}", self.0)
    }
}

impl std::error::Error for BadFile {}

/// One table.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    height: usize,
    width: usize,
    data: Data,
}

#[derive(Clone, Debug, PartialEq)]
enum Data {
    Floats(Vec<f32>),
    Bytes(Vec<i8>, Vec<f32>),
    Letters(String),
}

impl Tensor {
    /// Number of rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Length of a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// All floats, row by row.
    pub fn floats(&self) -> Result<&[f32], BadFile> {
        match &self.data {
            Data::Floats(floats) => Ok(floats),
            _ => Err(BadFile("no floats where floats belong")),
        }
    }

    /// All bytes, row by row, and each row's scale.
    pub(crate) fn bytes(&self) -> Result<(&[i8], &[f32]), BadFile> {
        match &self.data {
            Data::Bytes(bytes, scales) => Ok((bytes, scales)),
            _ => Err(BadFile("no bytes where bytes belong")),
        }
    }

    /// The letters.
    pub fn letters(&self) -> Result<&str, BadFile> {
        match &self.data {
            Data::Letters(letters) => Ok(letters),
            _ => Err(BadFile("no letters where letters belong")),
        }
    }

    /// Floats as bytes, each row by its largest.
    #[cfg(test)]
    pub(crate) fn of_rows(floats: &[f32], width: usize) -> Tensor {
        let scales: Vec<f32> = floats
            .chunks_exact(width)
            .map(|row| row.iter().fold(1e-20_f32, |most, x| most.max(x.abs())) / 127.0)
            .collect();
        let bytes = floats.iter().enumerate().map(|(n, x)| (x / scales[n / width]).round() as i8).collect();
        Tensor { height: scales.len(), width, data: Data::Bytes(bytes, scales) }
    }
}

/// All tables of a file, by name.
#[derive(Clone, Debug, Default)]
pub struct Tensors {
    tables: BTreeMap<String, Tensor>,
}

impl Tensors {
    /// Reads a file.
    pub fn parse(file: &[u8]) -> Result<Tensors, BadFile> {
        let mut rest = file.strip_prefix(MAGIC).ok_or(BadFile("another kind of file"))?;
        if number(&mut rest)? != VERSION as usize {
            return Err(BadFile("another version"));
        }
        let mut tables = BTreeMap::new();
        for _ in 0..number(&mut rest)? {
            let length = number(&mut rest)?;
            let name = text(&mut rest, length)?;
            let kind = number(&mut rest)?;
            let (height, width) = (number(&mut rest)?, number(&mut rest)?);
            let size = height.checked_mul(width).ok_or(BadFile("a table too large"))?;
            let data = match kind {
                0 => Data::Floats(floats(&mut rest, size)?),
                1 => {
                    let scales = floats(&mut rest, height)?;
                    Data::Bytes(take(&mut rest, size)?.iter().map(|b| *b as i8).collect(), scales)
                }
                2 => Data::Letters(text(&mut rest, width)?),
                _ => return Err(BadFile("a table of an unknown kind")),
            };
            tables.insert(name, Tensor { height, width, data });
        }
        Ok(Tensors { tables })
    }

    /// A table.
    pub fn get(&self, name: &str) -> Result<&Tensor, BadFile> {
        self.tables.get(name).ok_or(BadFile("a model without one of its tables"))
    }

    /// A table of floats of this length.
    pub fn floats(&self, name: &str, length: usize) -> Result<&[f32], BadFile> {
        let floats = self.get(name)?.floats()?;
        if floats.len() == length { Ok(floats) } else { Err(BadFile("a table of another size")) }
    }

    /// A layer by the name of its weights; its biases are `NAME.bias`.
    pub fn dense(&self, name: &str) -> Result<super::Dense, BadFile> {
        let weights = self.get(&format!("{name}.weight"))?;
        super::Dense::new(weights, self.floats(&format!("{name}.bias"), weights.height())?)
    }
}

fn take<'f>(rest: &mut &'f [u8], n: usize) -> Result<&'f [u8], BadFile> {
    let (taken, after) = rest.split_at_checked(n).ok_or(BadFile("a file cut short"))?;
    *rest = after;
    Ok(taken)
}

fn number(rest: &mut &[u8]) -> Result<usize, BadFile> {
    let bytes = take(rest, 4)?.first_chunk::<4>().ok_or(BadFile("a file cut short"))?;
    Ok(u32::from_le_bytes(*bytes) as usize)
}

fn floats(rest: &mut &[u8], n: usize) -> Result<Vec<f32>, BadFile> {
    let bytes = take(rest, n.checked_mul(4).ok_or(BadFile("a table too large"))?)?;
    Ok(bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
}

fn text(rest: &mut &[u8], n: usize) -> Result<String, BadFile> {
    String::from_utf8(take(rest, n)?.to_vec()).map_err(|_| BadFile("letters that are no letters"))
}
