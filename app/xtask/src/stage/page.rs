//! The page: finishing it, and checking that it obeys its own policy.

/// The page without comments and without the elements that were meant for Trunk.
pub(super) fn finished(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, comment)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let lines = out.lines().filter(|line| !line.trim().is_empty() && !line.contains("data-trunk"));
    lines.fold(String::new(), |page, line| page + line.trim_start() + "\n")
}

/// The files that the page names, as written there.
pub(super) fn references(page: &str) -> impl Iterator<Item = &str> {
    tags(page).flat_map(|tag| ["href", "src"].into_iter().filter_map(move |name| attribute(tag, name)))
}

/// The files that a browser loads with the page, each once. The icon for a phone's home screen is not among them.
pub(crate) fn first_visit(page: &str) -> Vec<&str> {
    let loaded = tags(page).filter(|tag| attribute(tag, "rel") != Some("apple-touch-icon"));
    let mut files: Vec<&str> = loaded
        .flat_map(|tag| ["href", "src"].into_iter().filter_map(move |name| attribute(tag, name)))
        .collect();
    files.sort_unstable();
    files.dedup();
    files
}

/// The programs that the page fetches only when it needs them: what it calls each, and its file.
pub(crate) fn later(page: &str) -> Vec<(&str, &str)> {
    let named = tags(page).filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "content")?)));
    named.filter(|(_, file)| file.ends_with(".wasm")).collect()
}

/// What is wrong with the page, as sentences; `exists` tells whether a file is there.
pub(super) fn faults(page: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    if !page.contains("http-equiv=\"Content-Security-Policy\"") {
        faults.push("there is no content security policy".to_owned());
    }
    for tag in tags(page) {
        let name = tag.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
        if name == "script" && attribute(tag, "src").is_none() {
            faults.push("there is an inline script, which the policy blocks".to_owned());
        }
        if name == "style" || attribute(tag, "style").is_some() {
            faults.push(format!("<{name}> has an inline style, which the policy blocks"));
        }
        if name == "base" {
            faults.push("there is a <base>, which the policy blocks".to_owned());
        }
        if tag.split_ascii_whitespace().any(|word| word.starts_with("on") && word.contains('=')) {
            faults.push(format!("<{name}> has an inline event handler, which the policy blocks"));
        }
    }
    for name in references(page) {
        let relative = name.trim_start_matches("./");
        if name.starts_with('/') || name.contains(':') {
            faults.push(format!("{name:?} is not relative, so it breaks in a subfolder"));
        } else if !relative.is_empty() && !relative.starts_with('#') && !exists(relative) {
            faults.push(format!("{name:?} is named but not there"));
        }
    }
    faults
}

/// The inside of each opening tag.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.split('<').skip(1).filter(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic())).map(|tag| {
        let end = tag.find('>').unwrap_or(tag.len());
        &tag[..end]
    })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\"")).or_else(|| tag.find(&format!("\n{name}=\"")))?;
    tag[start..].split('"').nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n";

    fn faults_of(body: &str) -> Vec<String> {
        faults(&format!("{POLICY}{body}"), |name| name == "a.js")
    }

    #[test]
    fn a_clean_page_has_no_faults() {
        let body =
            "<script type=\"module\" src=\"./a.js\"></script>\n<a href=\"#top\">Once more, style=\"x\"</a>";
        assert_eq!(faults_of(body), Vec::<String>::new());
    }

    #[test]
    fn what_the_policy_blocks_and_what_is_missing_is_told() {
        for (body, said) in [
            ("<script>1</script>", "inline script"),
            ("<p style=\"x\">", "inline style"),
            ("<style>p{}</style>", "inline style"),
            ("<base href=\"./\">", "<base>"),
            ("<p onclick=\"x\">", "event handler"),
            ("<script src=\"/a.js\"></script>", "not relative"),
            ("<link href=\"https://example.com/a.js\">", "not relative"),
            ("<img src=\"b.png\">", "not there"),
        ] {
            let faults = faults_of(body);
            assert!(faults.iter().any(|fault| fault.contains(said)), "{body} gave {faults:?}");
        }
        assert_eq!(faults("<p>", |_| true), ["there is no content security policy"]);
    }

    #[test]
    fn comments_and_trunks_elements_go() {
        let page = "<a>\n  <!-- why\n this -->\n  <link data-trunk rel=\"rust\">\n  <b> c\n";
        assert_eq!(finished(page), "<a>\n<b> c\n");
    }
}
