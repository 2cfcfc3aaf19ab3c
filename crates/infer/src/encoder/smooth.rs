//! The functions between the products: exponential, GELU, normalising, and rows as bytes.
//!
//! Plain loops of additions and multiplications in a fixed order, none fused, so that every processor gives the
//! same bits; they are compiled for the machine that they are inlined for.

/// Numbers that are summed side by side.
const LANES: usize = 16;

/// Added and taken off again, it rounds a number of less than 2^22 to the nearest whole.
const ROUND: f32 = 12_582_912.0;

/// The exponential, for -87 and above; relative error below 1e-5.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let t = x.max(-87.0) * std::f32::consts::LOG2_E;
    let whole = t + ROUND;
    let part = t - (whole - ROUND);
    // 2^part, Taylor's series of e^(part ln 2) with the last terms fitted over -½..½.
    let p = 0.009_618_13 + part * 0.001_333_36;
    let p = 0.055_504_11 + part * p;
    let p = 0.240_226_5 + part * p;
    let p = std::f32::consts::LN_2 + part * p;
    let p = 1.0 + part * p;
    p * f32::from_bits((whole.to_bits() << 23).wrapping_add(127 << 23))
}

/// GELU with the error function (Abramowitz and Stegun 7.1.26; absolute error below 1e-6).
#[inline(always)]
pub(crate) fn gelu(xs: &mut [f32]) {
    for x in xs {
        let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
        let t = 1.0 / (1.0 + 0.327_591_1 * z);
        let p = 1.421_413_7 + t * (-1.453_152 + t * 1.061_405_4);
        let p = t * (0.254_829_6 + t * (-0.284_496_74 + t * p));
        let erf = 1.0 - p * exp(-z * z);
        *x = 0.5 * (*x + x.abs() * erf);
    }
}

/// Sum of a row, in sixteen lanes.
#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = row.as_chunks::<LANES>();
    let mut lanes = [0.0_f32; LANES];
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += of(*x);
        }
    }
    let mut total = 0.0;
    for lane in lanes {
        total += lane;
    }
    for x in rest {
        total += of(*x);
    }
    total
}

/// Smallest and greatest of a row and 0.
#[inline(always)]
fn reach(row: &[f32]) -> (f32, f32) {
    let (chunks, rest) = row.as_chunks::<LANES>();
    let (mut low, mut high) = ([0.0_f32; LANES], [0.0_f32; LANES]);
    for chunk in chunks {
        for n in 0..LANES {
            low[n] = if chunk[n] < low[n] { chunk[n] } else { low[n] };
            high[n] = if chunk[n] > high[n] { chunk[n] } else { high[n] };
        }
    }
    let (mut least, mut most) = (0.0, 0.0);
    for n in 0..LANES {
        least = if low[n] < least { low[n] } else { least };
        most = if high[n] > most { high[n] } else { most };
    }
    for x in rest {
        least = if *x < least { *x } else { least };
        most = if *x > most { *x } else { most };
    }
    (least, most)
}

/// Takes off the mean and divides by the deviation, then scales and shifts.
#[inline(always)]
pub(crate) fn normalise(row: &mut [f32], weight: &[f32], bias: &[f32]) {
    let n = row.len() as f32;
    let mean = sum(row, |x| x) / n;
    let variance = sum(row, |x| (x - mean) * (x - mean)) / n;
    let scale = 1.0 / (variance + 1e-12).sqrt();
    for ((x, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
        *x = (*x - mean) * scale * weight + bias;
    }
}

/// A row as bytes: `x ≈ (byte - zero) * scale`. Gives scale and zero.
#[inline(always)]
pub(crate) fn to_bytes(row: &[f32], out: &mut [u8]) -> (f32, i32) {
    let (low, high) = reach(row);
    let scale = ((high - low) / 255.0).max(1e-20);
    let inverse = 1.0 / scale;
    let zero = (-low * inverse + ROUND) - ROUND;
    for (x, out) in row.iter().zip(out) {
        let byte = x * inverse + zero;
        let byte = if byte < 0.0 { 0.0 } else { byte };
        let byte = if byte > 255.0 { 255.0 } else { byte };
        *out = (byte + ROUND).to_bits() as u8;
    }
    (scale, zero as i32)
}

/// A column or row as signed bytes: `x ≈ byte * scale`. `largest` is the largest absolute value.
#[inline(always)]
pub(crate) fn to_signed(x: f32, inverse: f32) -> i8 {
    // All |x| are at most the largest, whose byte is 127.
    (x * inverse + ROUND).to_bits() as i8
}

/// Turns a row of scores into weights as bytes, the largest 255; gives what one unit of them weighs in all.
#[inline(always)]
pub(crate) fn to_weights(scores: &mut [f32], out: &mut [u8]) -> f32 {
    let (chunks, rest) = scores.as_chunks::<LANES>();
    let mut lanes = [f32::MIN; LANES];
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane = if *x > *lane { *x } else { *lane };
        }
    }
    let mut most = f32::MIN;
    for x in lanes {
        most = if x > most { x } else { most };
    }
    for x in rest {
        most = if *x > most { *x } else { most };
    }
    for x in scores.iter_mut() {
        *x = exp(*x - most) * 255.0;
    }
    let mut sums = [0_u32; LANES];
    let (chunks, rest) = scores.as_chunks::<LANES>();
    let (outs, out_rest) = out.as_chunks_mut::<LANES>();
    for (chunk, out) in chunks.iter().zip(outs) {
        for n in 0..LANES {
            let byte = (chunk[n] + ROUND).to_bits() & 0xff;
            sums[n] += byte;
            out[n] = byte as u8;
        }
    }
    let mut total = 0;
    for sum in sums {
        total += sum;
    }
    for (x, out) in rest.iter().zip(out_rest) {
        let byte = (x + ROUND).to_bits() & 0xff;
        total += byte;
        *out = byte as u8;
    }
    1.0 / total.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_near_the_exact_one() {
        for n in -2000..=500 {
            let x = n as f32 / 25.0;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) / exact - 1.0).abs() < 1e-5, "{x}");
        }
        assert!(exp(-1e4) < 1e-30);
    }

    #[test]
    fn gelu_is_half_at_small_numbers_and_all_at_large_ones() {
        let mut xs = [0.0, 1.0, -1.0, 8.0, -8.0];
        gelu(&mut xs);
        for (x, expected) in xs.iter().zip([0.0, 0.841_344_7, -0.158_655_3, 8.0, 0.0]) {
            assert!((x - expected).abs() < 2e-6, "{x}");
        }
    }

    #[test]
    fn bytes_hold_a_row_within_half_a_step() {
        let row: Vec<f32> = (0..40).map(|n| (n as f32 * 0.37).sin() * 3.0 + 1.0).collect();
        let mut bytes = [0; 40];
        let (scale, zero) = to_bytes(&row, &mut bytes);
        for (x, byte) in row.iter().zip(bytes) {
            assert!(((i32::from(byte) - zero) as f32 * scale - x).abs() <= scale * 0.51 + 1e-6);
        }
        assert_eq!(to_bytes(&[0.0; 20], &mut bytes).1, 0);
    }

    #[test]
    fn weights_sum_to_one() {
        let mut scores: Vec<f32> = (0..37).map(|n| (n as f32 * 0.7).cos()).collect();
        let exact: Vec<f32> = scores.iter().map(|x| x.exp()).collect();
        let mut bytes = [0; 37];
        let unit = to_weights(&mut scores, &mut bytes);
        let all: f32 = exact.iter().sum();
        for (byte, x) in bytes.iter().zip(exact) {
            assert!((f32::from(*byte) * unit - x / all).abs() < 2e-4);
        }
    }
}
