// The figures of a year: numbers as Danes write them, and the marks that sources use where there is none.
// The server is the judge.

import { Grid } from './gitter.js';
import { isFigure } from './tal.js';

class FigureGrid extends Grid {
  fault(cell) {
    return isFigure(cell.value) ? '' : `»${cell.value}« kan ikke læses som et tal.`;
  }
}

for (const form of document.querySelectorAll('[data-talgitter]')) new FigureGrid(form);
