//! Where a guide leads out of itself: what paper has to write out.

use super::{Block, Guide, Inline, Section};

impl Guide {
    /// The addresses of its links to the web, each once, in the order in which they come.
    pub fn links(&self) -> Vec<String> {
        let mut links = Links(Vec::new());
        links.blocks(&self.intro);
        self.phases.iter().for_each(|phase| links.section(phase));
        links.0
    }
}

/// The addresses in the words of a source, which is an address where it is one.
pub fn addresses(source: &str) -> impl Iterator<Item = &str> {
    source.split(' ').map(address_in).filter(|address| is_outside(address))
}

/// A word without what only ends a sentence.
pub fn address_in(word: &str) -> &str {
    word.trim_end_matches([',', '.', ';'])
}

/// Whether an address leads out of the page.
pub fn is_outside(address: &str) -> bool {
    let begins =
        |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    begins("https://") || begins("http://")
}

struct Links(Vec<String>);

impl Links {
    fn add(&mut self, address: &str) {
        if is_outside(address) && !self.0.iter().any(|known| known == address) {
            self.0.push(address.to_owned());
        }
    }

    fn section(&mut self, section: &Section) {
        self.blocks(&section.intro);
        for entry in &section.entries {
            match entry {
                super::Entry::Section(inner) => self.section(inner),
                super::Entry::Step(step) => self.blocks(&step.body),
                super::Entry::Text(text) => self.blocks(text),
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.inlines(block.own_words().0);
            if let Block::Callouts(cards) = block {
                cards.iter().filter_map(|card| card.href.as_deref()).for_each(|href| self.add(href));
            }
            block.bodies().for_each(|body| self.blocks(body));
            if let Block::Added { source: Some(source), .. } = block {
                addresses(source).for_each(|address| self.add(address));
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Link { href, .. } => self.add(href),
                Inline::Strong(inner) | Inline::Em(inner) | Inline::Struck(inner) => self.inlines(inner),
                Inline::Variants(variants) => {
                    variants.iter().for_each(|variant| self.inlines(&variant.value))
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_outside;

    #[test]
    fn an_address_of_the_web_leads_outside_however_its_scheme_is_written() {
        for address in ["https://example.org", "HTTPS://example.org", "Http://example.org"] {
            assert!(is_outside(address), "{address}");
        }
        for address in ["/a", "#a", "https:/a", "mailto:a@b", "httpé", ""] {
            assert!(!is_outside(address), "{address}");
        }
    }
}
