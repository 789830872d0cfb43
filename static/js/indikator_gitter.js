// The figures of a year: numbers as Danes write them, and the marks that sources use where there is none.
// The server reads the same and is the judge.

import { Grid } from './gitter.js';

const NUMBER = /^[-−–]?(?:[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+|\d+)(?:,\d+)?\s?(?:%|pct\.?|kr\.?)?$/i;
const MARK = /^(?:\.{1,3}|…|[-–—−]|#|\*{1,2}|(?:<|under) ?\d{1,2}|[01] ?[-–] ?[1-9])$/i;

class FigureGrid extends Grid {
  fault(cell) {
    const text = cell.value.replace(/[\s\u00a0]+/g, ' ').trim();
    if (!text || NUMBER.test(text) || MARK.test(text)) return '';
    return `»${cell.value}« kan ikke læses som et tal.`;
  }
}

for (const form of document.querySelectorAll('[data-talgitter]')) new FigureGrid(form);
