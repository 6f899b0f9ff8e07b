//! Names without what people write now so and now so: case, accents, spaces, points, and what companies are by law.

/// What the letters à to ÿ are without their accents, in the order of their code points.
const LATIN_1: &str = "aaaaaaaceeeeiiiidnooooo÷ouuuuyty";
/// The same for the letters Ā to ſ.
const EXTENDED_A: &str = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
    lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
/// Words that say what a company is by law, where they stand at the end of its name.
const LEGAL: &str = "inc incorporated ltd limited llc llp lp plc corp corporation co company gmbh mbh ag kg kgaa ohg ug se eg \
    sa sas sarl eurl sl slu srl spa bv nv ab asa oy oyj aps kft zrt sro doo pty pte bhd ltda kk";
/// What a company is by law in Japanese and Chinese, written without a space.
const LEGAL_JOINED: [&str; 6] = ["株式会社", "有限会社", "合同会社", "股份有限公司", "有限公司", "주식회사"];

/// In small letters and without accents.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        if sign.is_ascii() {
            out.push(sign.to_ascii_lowercase());
        } else if !matches!(sign, '\u{300}'..='\u{36F}') {
            for small in sign.to_lowercase() {
                fold(&mut out, small);
            }
        }
    }
    out
}

fn fold(out: &mut String, small: char) {
    let nth = |table: &str, first: u32| table.chars().nth((u32::from(small) - first) as usize);
    let base = match small {
        'ß' => {
            out.push('s');
            Some('s')
        }
        'à'..='ÿ' => nth(LATIN_1, 0xE0),
        'Ā'..='ſ' => nth(EXTENDED_A, 0x100),
        // What is left of İ in small letters.
        '\u{307}' => return,
        _ => None,
    };
    out.push(base.unwrap_or(small));
}

/// The words of a name, folded. Points and apostrophes within do not part it: `S.A.` is one word.
pub(super) fn words(name: &str) -> Vec<String> {
    let plain = folded(name).replace(['.', '\'', '’'], "");
    plain.split(|it: char| !it.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The letters and digits of a name, folded: `GTX Pro` and `gtx-pro` are one.
pub fn letters(name: &str) -> String {
    words(name).concat()
}

/// The words of a company's name without what it is by law: `Gekko & Co.` is Gekko.
pub(super) fn company_words(name: &str) -> Vec<String> {
    let mut name = name.to_owned();
    for legal in LEGAL_JOINED {
        if name.trim() != legal {
            name = name.replace(legal, " ");
        }
    }
    let mut words = words(&name);
    while words.len() > 1 && words.last().is_some_and(|last| LEGAL.split(' ').any(|legal| legal == last)) {
        words.pop();
    }
    words
}

/// The form in which names of one company are the same.
pub fn company(name: &str) -> String {
    company_words(name).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_their_accents() {
        assert_eq!(EXTENDED_A.chars().count(), 128);
        assert_eq!(LATIN_1.chars().count(), 32);
        assert_eq!(folded("Ærøskøbing ŁÓDŹ Straße Ÿ İzmir e\u{301}"), "aroskobing lodz strasse y izmir e");
        assert_eq!(folded("Čeština ĺ ĸ ŉ ſ Žůž ĝ Őű"), "cestina l k n s zuz g ou");
        assert_eq!(folded("Ελλάς 漢字 Юрий"), "ελλάς 漢字 юрий");
    }

    #[test]
    fn companies_are_the_same_whatever_they_are_by_law() {
        for name in ["Müller", "MULLER GmbH & Co. KG", "Muller, Inc.", "müller S.A.", "Muller Ltd"] {
            assert_eq!(company(name), "muller", "{name}");
        }
        assert_eq!(company("株式会社トヨタ"), "トヨタ");
        assert_eq!(company("Limited"), "limited");
        assert_eq!(company("Incorporated Thoughts"), "incorporatedthoughts");
        assert_eq!(letters("GTX Pro"), letters("GTXPro"));
    }
}
