//! Currencies and their minor units, after ISO 4217.

use super::decimal::{Decimal, ONE, written};

/// The codes of ISO 4217's list one that people pay with or index by, by the decimals of their minor unit.
const CODES: [(usize, &str); 4] = [
    (
        2,
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF \
         CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG \
         HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR \
         MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD \
         SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG \
         YER ZAR ZMW ZWG",
    ),
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

/// A currency of ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Currency {
    code: [u8; 3],
    digits: usize,
}

impl Currency {
    /// The currency with a code such as `EUR`. Nothing for what ISO 4217 does not list.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes = <[u8; 3]>::try_from(code.as_bytes()).ok()?;
        let (digits, _) = CODES.iter().find(|(_, codes)| codes.split(' ').any(|it| it == code))?;
        Some(Self { code: bytes, digits: *digits })
    }

    /// All codes, in the order of the alphabet.
    pub fn codes() -> Vec<&'static str> {
        let mut all: Vec<&str> = CODES.iter().flat_map(|(_, codes)| codes.split(' ')).collect();
        stdx::sort(&mut all);
        all
    }

    /// Its code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or_default()
    }

    /// How many decimals its minor unit has: 2 for EUR, 0 for JPY, 3 for KWD.
    pub fn digits(&self) -> usize {
        self.digits
    }

    /// An amount as a decimal number with all decimals of the currency, such as `1250.00`.
    pub fn write(&self, money: Money) -> String {
        written(money.0, self.digits, self.digits)
    }

    /// An amount as an exact number of units.
    pub fn decimal(&self, money: Money) -> Decimal {
        Decimal(money.0 * ONE / self.minor())
    }

    /// How many minor units one unit has.
    pub(crate) fn minor(&self) -> i128 {
        (0..self.digits).fold(1, |minor, _| minor * 10)
    }
}

impl Default for Currency {
    fn default() -> Self {
        Self { code: *b"EUR", digits: 2 }
    }
}

/// An amount of money in minor units of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(pub i128);

impl Money {
    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }

    /// This without `other`.
    pub fn minus(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }

    /// So many times this.
    pub fn times(self, count: u32) -> Self {
        Self(self.0 * i128::from(count))
    }
}
