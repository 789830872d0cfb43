// A grid of amounts that keeps its totals while one types.
// The server is the judge; here amounts are only read to show what they come to.

import { Grid } from './gitter.js';
import { readAmount } from './tal.js';

// Kroner as a whole number of millionths, so that no sum is rounded.
const FINE = 6;
const ONE = 10n ** BigInt(FINE);
const UNREAD = '?';

// What a cell comes to; null when it cannot be read, and then no sum with it is shown.
function read(text, scale) {
  if (/^[^\S\ufeff]*$/.test(text)) return 0n;
  const oere = readAmount(text, scale);
  return oere === null ? null : oere * (ONE / 100n);
}

// A decimal as the server writes it in an attribute: 1234.50.
function readPlain(text) {
  const [whole, part = ''] = (text || '0').split('.');
  const value = BigInt(whole.replace('-', '') + part.padEnd(FINE, '0').slice(0, FINE));
  return whole.startsWith('-') ? -value : value;
}

function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, '.');
}

function write(value, scale) {
  const amount = value < 0n ? -value : value;
  const unit = ONE * BigInt(scale);
  let part = (amount % unit).toString().padStart(unit.toString().length - 1, '0').replace(/0+$/, '');
  if (scale === 1 && part) part = part.padEnd(2, '0');
  return (value < 0n ? '−' : '') + grouped((amount / unit).toString()) + (part ? `,${part}` : '');
}

// Hundredths of a percent, rounded half up, and never up to the floor from below it.
function share(local, all, floor) {
  let hundredths = (local * 100000n / all + 5n) / 10n;
  const below = floor !== null && local * 100n * ONE < floor * all;
  if (below && hundredths * ONE >= floor * 100n) hundredths = local * 10000n / all;
  const text = hundredths.toString().padStart(3, '0');
  return `${grouped(text.slice(0, -2))},${text.slice(-2)} %`;
}

function sumOf(amounts) {
  return amounts.includes(null) ? null : amounts.reduce((sum, amount) => sum + amount, 0n);
}

class BudgetGrid extends Grid {
  constructor(form) {
    super(form);
    this.scale = Number(form.dataset.skala);
    this.columns = [...form.querySelectorAll('[data-kolonnesum]')];
    for (const cell of this.place.keys()) cell.inputMode = 'decimal';
  }

  // Only what the changed cells held before need go along with them.
  onlyChanged(data) {
    super.onlyChanged(data);
    data.set('foer', JSON.stringify(Object.fromEntries(this.changed().map(({ name }) => [name, this.saved[name] ?? '']))));
  }

  typed(cell) {
    const at = this.place.get(cell);
    if (!at) return;
    this.sumRow(at[0]);
    this.sumColumn(at[1]);
    this.sumAll();
  }

  typedMany() {
    this.rows.forEach((_, y) => this.sumRow(y));
    this.columns.forEach((_, x) => this.sumColumn(x));
    this.sumAll();
  }

  fault(cell) {
    if (read(cell.value, this.scale) !== null) return '';
    return `»${cell.value}« kan ikke læses som et beløb. Summerne regnes, når det er rettet.`;
  }

  // null when one of the cells cannot be read.
  total(cells, outside = 0n) {
    return sumOf([outside, ...cells.map((cell) => read(cell.value, this.scale))]);
  }

  rowTotal(y) {
    return this.total(this.rows[y]);
  }

  show(place, total) {
    place.textContent = total === null ? UNREAD : write(total, this.scale);
  }

  sumRow(y) {
    this.show(this.rows[y][0].closest('tr').querySelector('[data-raekkesum]'), this.rowTotal(y));
  }

  sumColumn(x) {
    const place = this.columns[x];
    this.show(place, this.total(this.rows.map((cells) => cells[x]), readPlain(place.dataset.udenfor)));
  }

  sumAll() {
    const outside = this.columns.reduce((sum, place) => sum + readPlain(place.dataset.udenfor), 0n);
    const totals = this.rows.map((_, y) => this.rowTotal(y));
    const all = sumOf([outside, ...totals]);
    this.show(this.form.querySelector('[data-sum]'), all);
    const place = this.form.querySelector('[data-andel]');
    if (!place) return;
    if (all === null) {
      place.textContent = 'Lokal medfinansiering regnes, når alle beløb kan læses.';
      return;
    }
    const local = totals.reduce(
      (sum, total, y) => ('lokal' in this.rows[y][0].closest('tr').dataset ? sum + total : sum),
      readPlain(this.form.dataset.udenforLokal),
    );
    place.textContent = all > 0n ? this.sentence(local, all) : '';
  }

  sentence(local, all) {
    const floor = this.form.dataset.gulv ? readPlain(this.form.dataset.gulv) : null;
    let text = `Lokal medfinansiering: ${share(local, all, floor)}`;
    if (floor === null) return text;
    const hundred = 100n * ONE;
    // The margin goes towards what does not flatter: a surplus is cut to the øre, a lack is raised to it.
    const exact = local * hundred - floor * all;
    const oere = ONE / 100n;
    const lack = exact < 0n;
    const steps = lack ? (-exact + hundred * oere - 1n) / (hundred * oere) : exact / (hundred * oere);
    const percent = write(floor, 1).replace(/,?0+$/, (zeros) => (zeros.startsWith(',') ? '' : zeros));
    if (!lack) return `${text} · ${write(steps * oere, 1)} kr. over gulvet på ${percent} %`;
    // Money laid on top also raises what the share is taken of.
    const rest = (hundred - floor) * oere;
    const onTop = floor < hundred ? (((all - local) * floor + rest - 1n) / rest) * oere - local : all - local;
    text += ` · der mangler ${write(steps * oere, 1)} kr. for at nå ${percent} %`;
    return `${text} (${write(onTop, 1)} kr., hvis de lægges oven i budgettet)`;
  }
}

for (const form of document.querySelectorAll('[data-gitter]')) new BudgetGrid(form);
