//! What was found out about this name a moment ago?
//!
//! A page bears few different names, each many times.

/// How many names are remembered.
const PLACES: usize = 512;

/// A memory of a fixed size: a name's place is told by its length and its ends, and a name takes the place of another one
/// without a search. So no names that a page may choose make it slow.
pub(crate) struct Met<'a, T>(Vec<Option<(&'a str, T)>>);

impl<'a, T> Met<'a, T> {
    /// Remembers nothing.
    pub(crate) fn new() -> Met<'a, T> {
        Met((0..PLACES).map(|_| None).collect())
    }

    /// What is remembered of a name, else what `find` finds.
    pub(crate) fn of(&mut self, name: &'a str, find: impl FnOnce(&'a str) -> T) -> &T {
        let place = &mut self.0[place(name.as_bytes())];
        if place.as_ref().is_some_and(|(known, _)| *known != name) {
            *place = None;
        }
        &place.get_or_insert_with(|| (name, find(name))).1
    }
}

fn place(name: &[u8]) -> usize {
    let number = match (name.first_chunk(), name.last_chunk()) {
        (Some(head), Some(tail)) => u64::from_le_bytes(*head) ^ u64::from_le_bytes(*tail).rotate_left(29),
        _ => name.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)),
    };
    let spread = (number ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (spread >> 32) as usize % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_up_once_and_forgotten_when_its_place_is_taken() {
        let names: Vec<String> = (0..2_000).map(|n| format!("name{n}")).collect();
        let mut met = Met::new();
        for name in &names {
            assert_eq!(met.of(name, |name| name.len()), &name.len());
        }
        assert_eq!(met.of("name1999", |_| 0), &8, "it is remembered");
        let forgotten = names.iter().filter(|name| *met.of(name, |_| 0) == 0).count();
        assert!(forgotten >= names.len() - PLACES, "{forgotten}");
    }
}
