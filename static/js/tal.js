// Numbers as Danes write them, read exactly as the server reads them (helhedsplan/tallaeser.py, and for the marks of cells
// helhedsplan/tabelfil/celletal.py); a test holds the two
// against each other. What the server refuses is null here, so that it is never counted in a sum.

const KR = '(?:kr\\.?|kroner|krone|dkk)';
const PER = ' ?(?:/|pr\\.? |per |i ) ?';
const ending = (pattern) => new RegExp(`${pattern}$`);
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const DASHES = /[\u2010-\u2013\u2212\ufe63\uff0d]/g;
const BOOKKEEPERS_MINUS = /[.]\/[.]|\u00f7/g;
const APOSTROPHES = /[\u2018\u2019\u02bc\u00b4`]/g;
const DIGITS = /^(?:\d+(?:,\d+)?|[1-9]\d{0,2}(?:(?:\.\d{3})+|(?: \d{3})+|(?:'\d{3})+)(?:,\d+)?)$/;
const THOUSANDS_OR_PART = /^[1-9]\d{0,2},\d{3}$/;
const MOST_DIGITS = 20;
const KR_BEFORE = new RegExp(`^${KR} ?(?=[-+\\d,ol])`);
const PARENTHESES = new RegExp(`^(${KR} ?)?\\((.+)\\)( ?(?:${KR}|%))?$`);
const NO_OERE = /[,.] ?-{1,2}$/;
const UNITS = [
  ['kr_time', ending(` ?${KR}${PER}(?:timen|time|t\\.?)`)],
  ['kr_m2', ending(` ?${KR}${PER}(?:m2|m²|kvm\\.?|kvadratmeter)`)],
  ['kr_maaned', ending(` ?${KR}${PER}(?:måneden|måned|md\\.?|mdr\\.?)`)],
  ['kr', ending(` ?${KR}`)],
  ['pct', ending(' ?(?:%|pct\\.?|procent)')],
  ['timer', ending(' ?(?:timer|time)')],
  ['m2', ending(' ?(?:m2|m²|kvm\\.?|kvadratmeter)')],
  ['maaned', ending(' ?(?:måneder|måned|mdr\\.?|md\\.)')],
  ['antal', ending(' ?(?:stk\\.?|personer|person)')],
];
const SCALES = [
  [1000n, ending(' ?t\\.? ?kr\\.?'), 'kr'],
  [1000n, ending(' ?(?:tusinde?)'), ''],
  [1000000n, ending(' ?(?:mio\\.?|mill\\.?|million(?:er)?)'), ''],
  [1000000000n, ending(' ?(?:mia\\.?|milliard(?:er)?)'), ''],
];
const AMOUNT = ['', 'kr'];
const FIGURE = ['', 'pct', 'kr', 'antal'];
const MARK = /^(?:|-+|\.(?:\.{2,})?|…)$/;
const HIDDEN = /^(?:\.\.|‥|#|\*{1,2}|(?:<|&lt;|under) ?\d{1,2}|[01] ?- ?[1-9])$/;
const NOUGHT = /^(?:(?:kr\.? ?)- ?(?:kr\.?)?|- ?kr\.?)$/;

function plain(text) {
  const visible = text.replace(INVISIBLE, '').replace(BOOKKEEPERS_MINUS, '-').replace(DASHES, '-').replace(APOSTROPHES, "'");
  return visible.replace(/[\s\x1c-\x1f\x85]+/g, ' ').trim().toLowerCase();
}

// [what is left, sign] or null for two signs.
function withoutSign(text) {
  const match = PARENTHESES.exec(text);
  if (match) {
    const [before, inside, after] = match.slice(1).map((part) => part ?? '');
    if (/^[-+]/.test(inside) || (inside.endsWith('-') && !NO_OERE.test(inside))) return null;
    return [before + inside + after, '-'];
  }
  const first = /^[-+]/.test(text) ? text[0] : '';
  const body = first ? text.slice(1).trimStart() : text;
  if (body.length < 2 || !body.endsWith('-') || NO_OERE.test(body)) return [body, first];
  return first ? null : [body.slice(0, -1).trimEnd(), '-'];
}

// [what is left, unit, scale]
function withoutUnit(text) {
  let body = text.replace(KR_BEFORE, '');
  let unit = body === text ? '' : 'kr';
  for (const [name, pattern] of unit ? [] : UNITS) {
    const rest = body.replace(pattern, '');
    if (rest === body || (name === 'kr' && /(?:^|[^a-z])t\.? ?$/.test(rest))) continue;
    [body, unit] = [rest, name];
    break;
  }
  const bare = body.replace(NO_OERE, '');
  if (bare !== body && AMOUNT.includes(unit) && /\d$/.test(bare)) return [bare, 'kr', 1n];
  for (const [scale, pattern, own] of SCALES) {
    const rest = body.replace(pattern, '');
    if (rest !== body && !(own && unit) && unit !== 'pct') return [rest, own || unit, scale];
  }
  return [body, unit, 1n];
}

// { value, decimals, scale, unit }: value is a whole number of the last decimal, before the scale.
function read(text, threeDecimals = false) {
  const signed = withoutSign(plain(text));
  if (!signed) return null;
  let sign = signed[1];
  let [body, unit, scale] = withoutUnit(signed[0]);
  if (!sign && /^[-+]/.test(body)) [sign, body] = [body[0], body.slice(1).trimStart()];
  if (!sign && body.length > 1 && body.endsWith('-')) [sign, body] = ['-', body.slice(0, -1).trimEnd()];
  if (!DIGITS.test(body) || body.replace(/\D/g, '').length > MOST_DIGITS) return null;
  if (THOUSANDS_OR_PART.test(body) && !threeDecimals && scale === 1n && unit !== 'pct') return null;
  const value = BigInt(body.replace(/\D/g, ''));
  return { value: sign === '-' ? -value : value, decimals: (body.split(',')[1] ?? '').length, scale, unit };
}

// An amount of the grid in øre; null for what cannot be saved. A bare number counts in `scale`.
export function readAmount(text, scale = 1) {
  const number = read(text, scale !== 1);
  if (!number || !AMOUNT.includes(number.unit)) return null;
  const bare = !number.unit && number.scale === 1n;
  const hundredths = number.value * (bare ? BigInt(scale) : number.scale) * 100n;
  const part = 10n ** BigInt(number.decimals);
  const highest = 10n ** 11n; // a billion kroner
  return hundredths < 0n || hundredths % part || hundredths / part > highest ? null : hundredths / part;
}

// Whether a cell of figures is read: a number, or a mark that sources use where there is none.
export function isFigure(text) {
  const clean = plain(text.replace(/\u2014/g, '-'));
  if (MARK.test(clean.replace(/ /g, '')) || HIDDEN.test(clean) || NOUGHT.test(plain(text))) return true;
  const number = read(text);
  return number !== null && FIGURE.includes(number.unit);
}
