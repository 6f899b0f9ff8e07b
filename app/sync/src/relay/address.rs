//! Where a room is at a y-websocket server.

/// The address of a room: that of the server, the room's name, and parameters such as a token. A server takes the name as
/// it stands in the address, so it should consist of letters, digits and `-_./`; others are written as browsers would.
pub fn address(server: &str, room: &str, parameters: &[(&str, &str)]) -> String {
    let mut address = server.trim_end_matches('/').to_owned();
    address.push('/');
    encode(room, |byte| byte.is_ascii_graphic() && !b"\"#<>?`{}".contains(&byte), &mut address);
    for (index, (name, value)) in parameters.iter().enumerate() {
        address.push(if index == 0 { '?' } else { '&' });
        encode(name, is_plain, &mut address);
        address.push('=');
        encode(value, is_plain, &mut address);
    }
    address
}

/// What `encodeURIComponent` leaves as it is.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte)
}

fn encode(text: &str, stays: impl Fn(u8) -> bool, out: &mut String) {
    for byte in text.bytes() {
        if stays(byte) {
            out.push(byte as char);
        } else {
            out.push('%');
            out.push_str(&model::hex(&[byte]).to_ascii_uppercase());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_y_websocket() {
        assert_eq!(address("wss://relay.example/", "room", &[]), "wss://relay.example/room");
        assert_eq!(address("ws://localhost:1234//", "a/b", &[]), "ws://localhost:1234/a/b");
        assert_eq!(
            address("wss://relay.example/y", "room", &[("token", "a b&c=é"), ("v", "1")]),
            "wss://relay.example/y/room?token=a%20b%26c%3D%C3%A9&v=1"
        );
        assert_eq!(address("ws://h", "a b?é", &[]), "ws://h/a%20b%3F%C3%A9");
    }
}
