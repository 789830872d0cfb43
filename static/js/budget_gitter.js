// A grid of amounts: moves as a spreadsheet does, takes a block from one, and keeps its totals while one types.
// The server reads the same forms of numbers and is the judge; here they are only read to show what they come to.

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

class Grid {
  constructor(form) {
    this.form = form;
    this.scale = Number(form.dataset.skala);
    this.rows = [...form.querySelectorAll('.gitter tbody tr')].map((row) => [...row.querySelectorAll('input')]);
    this.place = new Map();
    this.rows.forEach((cells, y) => cells.forEach((cell, x) => this.place.set(cell, [y, x])));
    this.saved = JSON.parse(form.elements.foer.value || '{}');
    this.columns = [...form.querySelectorAll('[data-kolonnesum]')];
    this.status = form.querySelector('[data-gitterstatus]');
    this.undoButton = form.querySelector('[data-fortryd]');
    this.undo = null;
    this.atFocus = '';
    this.leaving = false;
    form.addEventListener('focusin', (event) => this.focused(event.target));
    form.addEventListener('keydown', (event) => this.key(event));
    form.addEventListener('input', (event) => this.typed(event.target));
    form.addEventListener('change', (event) => this.check(event.target));
    form.addEventListener('paste', (event) => this.paste(event));
    form.addEventListener('submit', () => { this.leaving = true; });
    form.addEventListener('formdata', (event) => this.onlyChanged(event.formData));
    this.undoButton.addEventListener('click', () => this.undoPaste());
    window.addEventListener('beforeunload', (event) => {
      if (!this.leaving && this.changed().length) event.preventDefault();
    });
    for (const cell of this.place.keys()) cell.inputMode = 'decimal';
  }

  changed() {
    return [...this.place.keys()].filter((cell) => cell.value.trim() !== (this.saved[cell.name] ?? '').trim());
  }

  onlyChanged(data) {
    const changed = new Set(this.changed());
    for (const cell of this.place.keys()) if (!changed.has(cell)) data.delete(cell.name);
  }

  focused(cell) {
    if (!this.place.has(cell)) return;
    this.atFocus = cell.value;
    cell.select();
  }

  key(event) {
    const at = this.place.get(event.target);
    if (!at || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const cell = event.target;
    const [y, x] = at;
    const all = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    const moves = {
      ArrowDown: [y + 1, x],
      ArrowUp: [y - 1, x],
      Enter: event.shiftKey ? [y - 1, x] : [y + 1, x],
      ArrowLeft: !event.shiftKey && (all || cell.selectionEnd === 0) ? [y, x - 1] : null,
      ArrowRight: !event.shiftKey && (all || cell.selectionStart === cell.value.length) ? [y, x + 1] : null,
    };
    if (event.key === 'Escape') {
      cell.value = this.atFocus;
      this.typed(cell);
      this.check(cell);
      cell.select();
    } else if (moves[event.key]) {
      this.rows[moves[event.key][0]]?.[moves[event.key][1]]?.focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  typed(cell) {
    const at = this.place.get(cell);
    if (!at) return;
    this.sumRow(at[0]);
    this.sumColumn(at[1]);
    this.sumAll();
  }

  check(cell) {
    if (!this.place.has(cell)) return;
    const value = read(cell.value, this.scale);
    const wrong = value === null || value < 0n;
    if (wrong) cell.setAttribute('aria-invalid', 'true');
    else cell.removeAttribute('aria-invalid');
    if (wrong) this.say(`»${cell.value}« kan ikke læses som et beløb.`);
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

  sumEverything() {
    this.rows.forEach((_, y) => this.sumRow(y));
    this.columns.forEach((_, x) => this.sumColumn(x));
    this.sumAll();
  }

  paste(event) {
    const at = this.place.get(event.target);
    const text = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n').replace(/\n$/, '');
    if (!at || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const block = text.split('\n').map((line) => line.split('\t'));
    const width = Math.max(...block.map((line) => line.length));
    const [top, left] = at;
    const room = [this.rows.length - top, this.rows[top].length - left];
    if (block.length > room[0] || width > room[1]) {
      this.say(`Udsnittet er ${block.length} × ${width}, og herfra er der plads til ${room[0]} × ${room[1]}. Intet er sat ind.`);
      return;
    }
    this.undo = new Map();
    block.forEach((line, dy) => line.forEach((value, dx) => {
      const cell = this.rows[top + dy][left + dx];
      this.undo.set(cell, cell.value);
      cell.value = value.trim();
    }));
    this.sumEverything();
    for (const cell of this.undo.keys()) this.check(cell);
    this.undoButton.hidden = false;
    const wrong = [...this.undo.keys()].filter((cell) => cell.hasAttribute('aria-invalid')).length;
    this.say(`${this.undo.size} celler er sat ind${wrong ? `, og ${wrong} kan ikke læses` : ''}. Husk at gemme.`);
  }

  undoPaste() {
    const first = this.undo.keys().next().value;
    for (const [cell, value] of this.undo) cell.value = value;
    for (const cell of this.undo.keys()) this.check(cell);
    this.sumEverything();
    this.undo = null;
    this.undoButton.hidden = true;
    this.say('Det indsatte er taget ud igen.');
    first.focus();
  }

  say(text) {
    this.status.textContent = text;
  }
}

for (const form of document.querySelectorAll('[data-gitter]')) new Grid(form);
