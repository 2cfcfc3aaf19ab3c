//! How are rows of bytes multiplied with weights of a byte each? The one place with instructions of a processor.
//!
//! Exact: unsigned bytes times signed bytes, summed in 32 bits, so that every processor gives the same numbers.
//! A [`Machine`] is how: with AVX-512 and its dot products, with AVX2, or plainly. [`on_this_machine`] picks one.
#![allow(
    unsafe_code,
    reason = "instructions that not every processor has; each is reached only where its presence was asked"
)]

/// Columns of one panel of weights.
pub(crate) const WIDE: usize = 32;

/// Rows that are multiplied at a time.
pub(crate) const TALL: usize = 12;

/// Four products of each of [`WIDE`] columns: what one step over the depth reads of the weights.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Step(pub(crate) [[i8; 4]; WIDE]);

/// How to multiply.
pub(crate) trait Machine: Copy {
    /// Sums of `R` rows, each of `steps.len()` times four bytes at `rows[n * stride..]`, with the columns of a panel.
    fn product<const R: usize>(self, rows: &[u8], stride: usize, steps: &[Step]) -> [[i32; WIDE]; R];
}

/// Work that is done on some machine; what it calls is compiled for that machine where it is inlined.
pub(crate) trait Work {
    /// What comes out.
    type Out;
    /// Does the work. To be `#[inline(always)]`, and so what it calls.
    fn on<M: Machine>(self, machine: M) -> Self::Out;
}

/// Does the work with the best instructions that this processor has.
pub(crate) fn on_this_machine<W: Work>(work: W) -> W::Out {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vnni")
        {
            // SAFETY: the processor has all that is asked for.
            return unsafe { x86::on_avx512(work) };
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: as above.
            return unsafe { x86::on_avx2(work) };
        }
    }
    work.on(Plain)
}

/// No instructions in particular.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain;

impl Machine for Plain {
    #[inline(always)]
    fn product<const R: usize>(self, rows: &[u8], stride: usize, steps: &[Step]) -> [[i32; WIDE]; R] {
        let mut sums = [[0; WIDE]; R];
        for (n, sums) in sums.iter_mut().enumerate() {
            let row = &rows[n * stride..n * stride + steps.len() * 4];
            for (bytes, step) in row.as_chunks::<4>().0.iter().zip(steps) {
                let [a, b, c, d] = bytes.map(i32::from);
                for (sum, weights) in sums.iter_mut().zip(&step.0) {
                    let [e, f, g, h] = weights.map(i32::from);
                    *sum += a * e + b * f + c * g + d * h;
                }
            }
        }
        sums
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{Machine, Step, WIDE, Work};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
    pub(super) fn on_avx512<W: Work>(work: W) -> W::Out {
        work.on(Avx512 { _made_here: () })
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn on_avx2<W: Work>(work: W) -> W::Out {
        work.on(Avx2 { _made_here: () })
    }

    /// A processor with AVX-512 and dot products of bytes; made only where it is one.
    #[derive(Clone, Copy, Debug)]
    pub(super) struct Avx512 {
        _made_here: (),
    }

    /// The sums of the named rows, each name with its number, written to `out`; gives how many.
    macro_rules! sums {
        ($rows:ident, $stride:ident, $steps:ident, $out:ident, $($left:ident $right:ident $n:literal)*) => {{
            $(let (mut $left, mut $right) = (_mm512_setzero_si512(), _mm512_setzero_si512());)*
            let mut at = $rows;
            for step in $steps {
                let weights = step.0.as_ptr().cast::<__m512i>();
                let (left, right) = (_mm512_load_si512(weights), _mm512_load_si512(weights.add(1)));
                $(
                    let four = _mm512_set1_epi32(at.add($n * $stride).cast::<i32>().read_unaligned());
                    $left = _mm512_dpbusd_epi32($left, four, left);
                    $right = _mm512_dpbusd_epi32($right, four, right);
                )*
                at = at.wrapping_add(4);
            }
            $(
                _mm512_storeu_si512($out.add($n * WIDE).cast(), $left);
                _mm512_storeu_si512($out.add($n * WIDE + 16).cast(), $right);
            )*
            [$($n),*].len()
        }};
    }

    impl Machine for Avx512 {
        #[inline(always)]
        fn product<const R: usize>(self, rows: &[u8], stride: usize, steps: &[Step]) -> [[i32; WIDE]; R] {
            assert!(steps.is_empty() || rows.len() >= (R - 1) * stride + steps.len() * 4);
            let mut out = [[0; WIDE]; R];
            // SAFETY: a machine of this type stands for a processor with these instructions. All reads lie in
            // `rows` (asserted above) and in steps of 128 bytes, all writes in rows of `out` of 128 bytes.
            unsafe {
                // The sums are named one by one: an array of them is kept in memory, and its stores take the time.
                let all: &mut [[i32; WIDE]] = &mut out;
                let mut done = 0;
                while done < R {
                    let rows = rows.as_ptr().add(done * stride);
                    let out = all.as_mut_ptr().add(done).cast::<i32>();
                    done += match R - done {
                        12.. => {
                            sums!(rows, stride, steps, out, a b 0 c d 1 e f 2 g h 3 i j 4 k l 5 m n 6 o p 7 q r 8 s t 9 u v 10 w x 11)
                        }
                        4.. => sums!(rows, stride, steps, out, a b 0 c d 1 e f 2 g h 3),
                        _ => sums!(rows, stride, steps, out, a b 0),
                    };
                }
            }
            out
        }
    }

    /// A processor with AVX2; made only where it is one.
    #[derive(Clone, Copy, Debug)]
    pub(super) struct Avx2 {
        _made_here: (),
    }

    impl Machine for Avx2 {
        /// Bytes are widened to 16 bits before they are multiplied: the instruction for bytes would saturate.
        #[inline(always)]
        fn product<const R: usize>(self, rows: &[u8], stride: usize, steps: &[Step]) -> [[i32; WIDE]; R] {
            assert!(steps.is_empty() || rows.len() >= (R - 1) * stride + steps.len() * 4);
            let mut out = [[0; WIDE]; R];
            let mut from = 0;
            while from < R {
                let some = (R - from).min(2);
                // SAFETY: as above; of each step 32 bytes are read at a time, four times.
                unsafe {
                    for part in 0..4 {
                        let mut sums = [[_mm256_setzero_si256(); 2]; 2];
                        for (at, step) in steps.iter().enumerate() {
                            let weights = _mm256_load_si256(step.0.as_ptr().cast::<__m256i>().add(part));
                            let left = _mm256_cvtepi8_epi16(_mm256_castsi256_si128(weights));
                            let right = _mm256_cvtepi8_epi16(_mm256_extracti128_si256(weights, 1));
                            for (n, sums) in sums.iter_mut().enumerate().take(some) {
                                let place = rows.as_ptr().add((from + n) * stride + at * 4);
                                let four = _mm_cvtsi32_si128(place.cast::<i32>().read_unaligned());
                                let four = _mm256_broadcastq_epi64(_mm_cvtepu8_epi16(four));
                                sums[0] = _mm256_add_epi32(sums[0], _mm256_madd_epi16(four, left));
                                sums[1] = _mm256_add_epi32(sums[1], _mm256_madd_epi16(four, right));
                            }
                        }
                        for (sums, out) in sums.iter().zip(&mut out[from..from + some]) {
                            // Pairs of neighbours are one column's; the halves come out crossed.
                            let pairs = _mm256_hadd_epi32(sums[0], sums[1]);
                            let straight = _mm256_permute4x64_epi64(pairs, 0b1101_1000);
                            _mm256_storeu_si256(out.as_mut_ptr().add(part * 8).cast(), straight);
                        }
                    }
                }
                from += some;
            }
            out
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Multiply<'r>(&'r [u8], usize, &'r [Step]);

    impl Work for Multiply<'_> {
        type Out = [[i32; WIDE]; 5];

        #[inline(always)]
        fn on<M: Machine>(self, machine: M) -> Self::Out {
            machine.product::<5>(self.0, self.1, self.2)
        }
    }

    fn bytes(n: usize) -> impl Iterator<Item = u8> {
        let mut state = 1_u32;
        std::iter::from_fn(move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some((state >> 24) as u8)
        })
        .take(n)
    }

    #[test]
    fn every_machine_gives_the_same_sums() {
        for n_steps in [1, 2, 7, 96] {
            let mut rows: Vec<u8> = bytes(n_steps * 4 * 5).collect();
            rows[0] = 255;
            let mut weights = bytes(n_steps * WIDE * 4).map(|b| b as i8);
            let steps: Vec<Step> = (0..n_steps)
                .map(|_| Step(std::array::from_fn(|_| std::array::from_fn(|_| weights.next().unwrap()))))
                .collect();
            let stride = n_steps * 4;
            let expected = Plain.product::<5>(&rows, stride, &steps);
            assert_eq!(on_this_machine(Multiply(&rows, stride, &steps)), expected);
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("avx2") {
                // SAFETY: asked right above.
                assert_eq!(unsafe { x86::on_avx2(Multiply(&rows, stride, &steps)) }, expected);
            }
            // By the definition, once.
            let column: i32 = (0..n_steps * 4)
                .map(|k| i32::from(rows[stride + k]) * i32::from(steps[k / 4].0[3][k % 4]))
                .sum();
            assert_eq!(expected[1][3], column);
        }
    }
}
