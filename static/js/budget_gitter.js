// A grid of amounts that keeps its totals while one types.
// The server reads the same forms of numbers and is the judge; here they are only read to show what they come to.

import { Grid } from './gitter.js';

const NUMBER = /^(-?)((?:[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+|\d+))(?:,(\d+))?\s?(?:(tusind|mio|mia)\.?)?\s?(t\.?\s?kr\.?)?(?:kr\.?|kroner|dkk)?$/i;
const UNITS = { tusind: 1000n, mio: 1000000n, mia: 1000000000n };

// Kroner as a whole number of millionths, so that no sum is rounded; null for what is no number.
const FINE = 6;
const ONE = 10n ** BigInt(FINE);

function read(text, scale) {
  const trimmed = text.replace(/[\s\u00a0]+/g, ' ').trim();
  if (!trimmed) return 0n;
  const match = NUMBER.exec(trimmed);
  if (!match || (match[3] ?? '').length > FINE) return null;
  const whole = match[2].replace(/[. ]/g, '');
  let value = BigInt(whole + (match[3] ?? '').padEnd(FINE, '0'));
  if (match[4]) value *= UNITS[match[4].toLowerCase()];
  else if (match[5]) value *= 1000n;
  else if (!/[a-zæøå]/i.test(trimmed)) value *= BigInt(scale);
  return match[1] ? -value : value;
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
    const value = read(cell.value, this.scale);
    return value === null || value < 0n ? `»${cell.value}« kan ikke læses som et beløb.` : '';
  }

  amount(cell) {
    return read(cell.value, this.scale) ?? 0n;
  }

  rowTotal(y) {
    return this.rows[y].reduce((sum, cell) => sum + this.amount(cell), 0n);
  }

  sumRow(y) {
    const place = this.rows[y][0].closest('tr').querySelector('[data-raekkesum]');
    place.textContent = write(this.rowTotal(y), this.scale);
  }

  sumColumn(x) {
    const place = this.columns[x];
    const total = this.rows.reduce((sum, cells) => sum + this.amount(cells[x]), readPlain(place.dataset.udenfor));
    place.textContent = write(total, this.scale);
  }

  sumAll() {
    const outside = this.columns.reduce((sum, place) => sum + readPlain(place.dataset.udenfor), 0n);
    const totals = this.rows.map((_, y) => this.rowTotal(y));
    const all = totals.reduce((sum, total) => sum + total, outside);
    this.form.querySelector('[data-sum]').textContent = write(all, this.scale);
    const place = this.form.querySelector('[data-andel]');
    if (!place) return;
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
    text += lack
      ? ` · der mangler ${write(steps * oere, 1)} kr. for at nå ${percent} %`
      : ` · ${write(steps * oere, 1)} kr. over gulvet på ${percent} %`;
    return text;
  }
}

for (const form of document.querySelectorAll('[data-gitter]')) new BudgetGrid(form);
