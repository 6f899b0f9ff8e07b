//! Words, folded so that those that mean the same are the same: by them tags are held against what is known, and texts are searched.

/// The words of a text, folded: small letters, without what stands on Latin ones, and without the `s` of a plural. Signs of scripts that
/// are written without spaces are words by themselves.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    // Marks that stand by themselves behind their letter say nothing here.
    let chars =
        text.chars().flat_map(char::to_lowercase).filter(|char| !matches!(char, '\u{300}'..='\u{36f}'));
    for char in chars {
        if !char.is_alphanumeric() {
            end(&mut word, &mut words);
        } else if char >= '\u{2e80}' {
            end(&mut word, &mut words);
            words.push(char.to_string());
        } else {
            match bare(char) {
                Some(bare) => word.push_str(bare),
                None => word.push(char),
            }
        }
    }
    end(&mut word, &mut words);
    words
}

fn end(word: &mut String, words: &mut Vec<String>) {
    if word.is_empty() {
        return;
    }
    let mut word = std::mem::take(word);
    if word.len() > 4 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") {
        word.pop();
    }
    words.push(word);
}

/// A small Latin letter without its marks.
fn bare(char: char) -> Option<&'static str> {
    Some(match char {
        'à'..='ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='õ' | 'ō' => "o",
        'ö' | 'ø' | 'ő' | 'œ' => "oe",
        'ř' => "r",
        'ß' => "ss",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ț' | 'ţ' => "t",
        'ù'..='û' | 'ū' | 'ů' => "u",
        'ü' | 'ű' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// Whether all words of a tag are among others.
pub fn is_in(tag: &[String], known: &[String]) -> bool {
    !tag.is_empty() && tag.iter().all(|word| known.contains(word))
}

/// Whether two texts say the same, folded.
pub fn is_alike(one: &str, other: &str) -> bool {
    words(one) == words(other)
}
