//! Handsel, the program in the page: starts the layers and puts the screens on them.

#![allow(unreachable_pub, reason = "`#[component]` makes its props public, however narrow the component is")]

mod app;
#[cfg(feature = "bench")]
mod bench;
mod boot;
mod copy;
mod features;
mod handsel;
mod later;
mod ports;
mod route;

fn main() {
    boot::start();
}
