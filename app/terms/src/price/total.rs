//! What the lines come to.

use std::collections::BTreeMap;

use super::{
    AMOUNT_MAX, Choices, Currency, Decimal, Discount, Fault, Faulty, LINES_MAX, Line, Money, PriceList,
    Recurrence,
    decimal::{ONE, rounded},
};

/// A hundred percent, in millionths.
const ALL: i128 = 100 * ONE;
/// What every percentage can be divided by: it has two decimals fewer than other numbers.
const ROUND: i128 = 100;

/// What one line comes to each time it is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineTotal {
    /// Whether it counts; the figures say what it would come to.
    pub counts: bool,
    /// How many there are.
    pub quantity: Decimal,
    /// What one costs of so many.
    pub each: Decimal,
    /// Quantity times price.
    pub list: Money,
    /// What is left after the line's own discount.
    pub net: Money,
    /// Its share of the deal's discount.
    pub less: Money,
    /// Tax on what is left.
    pub tax: Money,
}

/// All lines that count and are paid equally often.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bucket {
    /// How many lines these are.
    pub lines: usize,
    /// What they would be without any discount.
    pub list: Money,
    /// The lines after their own discounts.
    pub net: Money,
    /// The deal's discount.
    pub less: Money,
    /// Tax by its percentage; zero percent is not named.
    pub tax: BTreeMap<Decimal, Money>,
}

impl Bucket {
    /// What is paid, before tax.
    pub fn before_tax(&self) -> Money {
        self.net.minus(self.less)
    }
}

/// What is paid over a time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sum {
    /// Before tax.
    pub before_tax: Money,
    /// Tax by its percentage.
    pub tax: BTreeMap<Decimal, Money>,
}

impl Sum {
    /// Everything together.
    pub fn with_tax(&self) -> Money {
        self.tax.values().fold(self.before_tax, |sum, tax| sum.plus(*tax))
    }

    fn add(&mut self, bucket: &Bucket, times: u32) {
        self.before_tax = self.before_tax.plus(bucket.before_tax().times(times));
        for (rate, tax) in &bucket.tax {
            let sum = self.tax.entry(*rate).or_default();
            *sum = sum.plus(tax.times(times));
        }
    }
}

/// What a price comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Each line, in the order of the lines.
    pub lines: Vec<LineTotal>,
    /// What is paid once.
    pub once: Bucket,
    /// What is paid each month.
    pub monthly: Bucket,
    /// What is paid each year.
    pub yearly: Bucket,
    /// The term, in months.
    pub months: u32,
}

impl Totals {
    /// What is paid so often.
    pub fn bucket(&self, recurrence: Recurrence) -> &Bucket {
        match recurrence {
            Recurrence::Once => &self.once,
            Recurrence::Monthly => &self.monthly,
            Recurrence::Yearly => &self.yearly,
        }
    }

    /// How many months of the first year belong to the term.
    pub fn first_months(&self) -> u32 {
        self.months.min(12)
    }

    /// What is paid in the first year: once, each of its months, and one year.
    pub fn first_year(&self) -> Sum {
        self.over(self.first_months(), 1)
    }

    /// What is paid in the whole term. A year that has begun is paid.
    pub fn term(&self) -> Sum {
        self.over(self.months, self.months.div_ceil(12))
    }

    fn over(&self, months: u32, years: u32) -> Sum {
        let mut sum = Sum::default();
        sum.add(&self.once, 1);
        sum.add(&self.monthly, months);
        sum.add(&self.yearly, years);
        sum
    }
}

impl PriceList {
    /// What the price comes to, given what was chosen. Apart from which package is
    /// the first of its group, the order of the lines makes no difference to any sum.
    pub fn total(&self, choices: &Choices) -> Result<Totals, Faulty> {
        let of_all = |fault| Faulty { line: None, fault };
        self.discount.check().map_err(of_all)?;
        if self.lines.len() > LINES_MAX {
            return Err(of_all(Fault::TooMany));
        }
        let mut lines = Vec::with_capacity(self.lines.len());
        for (line, counts) in self.lines.iter().zip(self.counting(choices)) {
            let total = line.total(PriceList::quantity(line, choices), self.currency);
            lines.push(LineTotal {
                counts,
                ..total.map_err(|fault| Faulty { line: Some(line.id.clone()), fault })?
            });
        }
        let mut totals = Totals { lines, months: self.months.max(1), ..Totals::default() };
        for recurrence in Recurrence::ALL {
            let bucket = self.bucket(recurrence, &mut totals.lines).map_err(of_all)?;
            match recurrence {
                Recurrence::Once => totals.once = bucket,
                Recurrence::Monthly => totals.monthly = bucket,
                Recurrence::Yearly => totals.yearly = bucket,
            }
        }
        Ok(totals)
    }

    /// Adds up the lines that are paid so often, and gives each its share of the deal's discount and its tax.
    fn bucket(&self, recurrence: Recurrence, totals: &mut [LineTotal]) -> Result<Bucket, Fault> {
        let mut lines: Vec<(&Line, &mut LineTotal)> = self.lines.iter().zip(totals).collect();
        lines.retain(|(line, total)| total.counts && line.recurrence == recurrence);
        let mut bucket = Bucket { lines: lines.len(), ..Bucket::default() };
        for (_, total) in &lines {
            bucket.list = bucket.list.plus(total.list);
            bucket.net = bucket.net.plus(total.net);
        }
        if bucket.list.0 > AMOUNT_MAX * self.currency.minor() {
            return Err(Fault::TooLarge);
        }
        let percent = rounded(bucket.net.0 * self.discount.percent.0, ALL);
        let amount = rounded(self.discount.amount(recurrence).0 * self.currency.minor(), ONE);
        bucket.less = Money((percent + amount).min(bucket.net.0));
        spread(bucket.less, bucket.net, &mut lines);
        for (line, total) in lines {
            total.tax = Money(rounded((total.net.0 - total.less.0) * line.tax.0, ALL));
            if line.tax > Decimal::ZERO {
                let sum = bucket.tax.entry(line.tax).or_default();
                *sum = sum.plus(total.tax);
            }
        }
        Ok(bucket)
    }
}

/// Divides `less` among lines in proportion to what they come to. What is left over by rounding down goes, one minor
/// unit each, to those that lost the largest fractions; of equal ones to those whose names come first.
fn spread(less: Money, net: Money, lines: &mut [(&Line, &mut LineTotal)]) {
    if less.0 <= 0 || net.0 <= 0 {
        return;
    }
    let mut left = less.0;
    let mut fractions = Vec::with_capacity(lines.len());
    for (at, (_, total)) in lines.iter_mut().enumerate() {
        // Both are at most 10^19, which is why no recurrence may come to more than `AMOUNT_MAX`.
        let part = less.0 * total.net.0;
        total.less = Money(part / net.0);
        left -= total.less.0;
        fractions.push((part % net.0, at));
    }
    stdx::sort_by(&mut fractions, |(one, one_at), (other, other_at)| {
        let id = |at: &usize| lines.get(*at).map(|(line, _)| line.id.as_str());
        other.cmp(one).then_with(|| id(one_at).cmp(&id(other_at)))
    });
    for (_, at) in fractions.into_iter().take(usize::try_from(left).unwrap_or_default()) {
        if let Some((_, total)) = lines.get_mut(at) {
            total.less = total.less.plus(Money(1));
        }
    }
}

impl Line {
    /// What `quantity` of this line comes to, before what the deal takes off.
    fn total(&self, quantity: Decimal, currency: Currency) -> Result<LineTotal, Fault> {
        self.check()?;
        // In millionths of millionths.
        let each = self.each(quantity);
        let list = quantity.0.checked_mul(each.0).ok_or(Fault::TooLarge)?;
        if list > AMOUNT_MAX * ONE * ONE {
            return Err(Fault::TooLarge);
        }
        let minor = currency.minor();
        let net = match self.discount {
            None => rounded(list * minor, ONE * ONE),
            // A percentage has four decimals, so nothing is lost, and 10^27 · 10^4 · 10^6 is no overflow.
            Some(Discount::Percent(off)) => {
                rounded(list * minor * ((ALL - off.0) / ROUND), ONE * ONE * (ALL / ROUND))
            }
            Some(Discount::Amount(off)) => rounded((list - off.0 * ONE).max(0) * minor, ONE * ONE),
        };
        let list = Money(rounded(list * minor, ONE * ONE));
        Ok(LineTotal { quantity, each, list, net: Money(net), ..LineTotal::default() })
    }
}
