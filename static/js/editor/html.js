// Two borders of the editor: HTML on its way to the server, and HTML pasted in from elsewhere.
// What is stored is the small subset that helhedsplan/tekst.py keeps, written as a person would write it.

function parse(html) {
  return new DOMParser().parseFromString(html, 'text/html');
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function isBlank(element) {
  return element.textContent.trim() === '';
}

// The editor keeps a paragraph in every list item and cell; stored text has one only where there are several.
function unwrapSingleParagraphs(box) {
  for (const cell of box.querySelectorAll('li, td, th')) {
    const paragraphs = [...cell.children].filter((child) => child.matches('p'));
    if (paragraphs.length === 1 && cell.firstElementChild === paragraphs[0]) unwrap(paragraphs[0]);
  }
}

// Rows of nothing but headings at the top become the table's head; every heading says what it heads.
function markHeadings(table) {
  const rows = [...table.querySelectorAll('tr')];
  const firstBodyRow = rows.findIndex((row) => row.querySelector('td'));
  const headRows = rows.slice(0, firstBodyRow === -1 ? rows.length : firstBodyRow);
  for (const heading of table.querySelectorAll('th')) {
    const { colSpan } = heading;
    heading.removeAttribute('colspan');
    heading.scope = headRows.includes(heading.parentElement) ? 'col' : 'row';
    if (colSpan > 1) heading.colSpan = colSpan;
  }
  if (headRows.length === 0 || headRows.length === rows.length) return;
  const head = document.createElement('thead');
  head.append(...headRows);
  table.querySelector('tbody').before(head);
}

export function toStored(html) {
  const box = parse(html).body;
  unwrapSingleParagraphs(box);
  for (const table of box.querySelectorAll('table')) markHeadings(table);
  for (const block of box.querySelectorAll('p, h3, h4')) {
    if (isBlank(block)) block.remove();
  }
  if (isBlank(box)) return '';
  return [...box.children].map((block) => block.outerHTML).join('\n'); // a line each, as in plan files
}

// --- what people paste ------------------------------------------------------------------------------------------------

// The Content-Security-Policy objects to style and event attributes even in a document that is only read, so they
// are given another name first.
function neutral(html) {
  return html
    .replace(/<style\b[^]*?<\/style>/gi, '')
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, ' data-$1='));
}

function style(element) {
  return element.getAttribute('data-style') ?? '';
}

function removeComments(doc) {
  const walker = doc.createTreeWalker(doc, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.remove();
}

// Deleted words, comments and hidden text come along unseen; the server takes them out too (helhedsplan/indsat.py).
const HIDDEN_STYLE =
  /display:none|visibility:(hidden|collapse)|mso-hide:(all|screen)|font-size:0(\.0*)?(pt|px|r?em|%|cm|mm)?(;|!|$)|opacity:0(\.0*)?(;|!|$)|text-decoration[a-z-]*:[^;]*line-through|mso-element:comment/i;
const HIDDEN_CLASS = /msocom|msocomment|trackchange\w*del|trackchangehiddentext/i;

function removeHidden(doc) {
  for (const element of doc.querySelectorAll('del, s, strike, [hidden], a[href^="#_msocom"], a[href^="#cmnt"]')) {
    element.remove();
  }
  for (const element of doc.querySelectorAll('[data-style], [class]')) {
    const compact = style(element).replace(/\s/g, '');
    if (HIDDEN_STYLE.test(compact) || HIDDEN_CLASS.test(element.className)) element.remove();
  }
}

// A footnote in Word, LibreOffice and Google Docs is a link down to a note that links back up.
const NOTE = /^#((?:_?ftn|sdfootnote|ftnt)\d+(?:sym)?)$/;

function footnoteOf(doc, link) {
  const [, name] = NOTE.exec(link.getAttribute('href')) ?? [];
  const anchor = name && (doc.getElementById(name) ?? doc.querySelector(`a[name="${name}"]`));
  return anchor ? (anchor.closest('div[id]') ?? anchor.closest('p') ?? anchor) : null;
}

function placeFootnotes(doc) {
  const notes = new Set();
  for (const link of doc.querySelectorAll('a[href^="#"]')) {
    const note = footnoteOf(doc, link);
    if (!note || note.contains(link)) continue;
    const text = note.textContent.replace(/\s+/g, ' ').trim().replace(/^\[?\d+\]?\s*/, '');
    const span = doc.createElement('span');
    span.className = 'fodnote';
    span.textContent = text;
    (link.closest('sup') ?? link).replaceWith(span);
    notes.add(note);
  }
  for (const note of notes) note.remove();
}

// Word writes a list as paragraphs that carry level and bullet in their style and text.
const WORD_LIST = /mso-list:\s*l\d+ level(\d+)/i;
const NUMBERED = /^\(?(?:\d+|[a-zæøå]|[ivxlc]+)[.)]/i;

function takeBullet(paragraph) {
  const bullet = [...paragraph.querySelectorAll('span')].find((span) => /mso-list:\s*ignore/i.test(style(span)));
  const text = bullet?.textContent.trim() ?? '';
  bullet?.remove();
  return text;
}

function buildWordLists(doc) {
  let open = [];
  let last = null;
  for (const paragraph of doc.querySelectorAll('p, h1, h2, h3, h4')) {
    const level = Number(WORD_LIST.exec(style(paragraph))?.[1] ?? 0);
    if (!level || paragraph.matches('h1, h2, h3, h4')) {
      if (level) takeBullet(paragraph);
      open = [];
      continue;
    }
    if (paragraph.previousElementSibling !== last) open = [];
    const kind = NUMBERED.test(takeBullet(paragraph)) ? 'ol' : 'ul';
    open.length = Math.min(open.length, level);
    if (open.length && open.length === level && open.at(-1).localName !== kind) open.pop();
    while (open.length < level) {
      const list = doc.createElement(kind);
      if (open.length) (open.at(-1).lastElementChild ?? open.at(-1).appendChild(doc.createElement('li'))).append(list);
      else paragraph.before(list);
      open.push(list);
    }
    const item = open.at(-1).appendChild(doc.createElement('li'));
    item.append(...paragraph.childNodes);
    paragraph.remove();
    last = open[0];
  }
}

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}

// There are two levels of heading inside a section: the uppermost level that is pasted becomes h3, all below it h4.
function levelHeadings(doc) {
  const headings = [...doc.querySelectorAll('h1, h2, h3, h4, h5, h6')];
  const top = Math.min(...headings.map((heading) => Number(heading.localName[1])));
  for (const heading of headings) rename(heading, Number(heading.localName[1]) === top ? 'h3' : 'h4');
}

function marksFromStyle(doc) {
  for (const span of doc.querySelectorAll('span')) {
    if (/font-weight:\s*(bold|[6-9]00)/i.test(style(span))) rename(span, 'strong');
    else if (/font-style:\s*italic/i.test(style(span))) rename(span, 'em');
  }
  for (const bold of doc.querySelectorAll('b')) {
    if (/font-weight:\s*(normal|400)/i.test(style(bold))) unwrap(bold);
  }
}

// A cell that reaches over several rows stays in the first, with empty cells below, so that figures keep their column
// (as _fyld_under in helhedsplan/tekst.py does).
function fillBelow(rows) {
  const above = new Map(); // column -> {width, left}
  for (const row of rows) {
    const cells = [...row.cells];
    const heads = cells.length > 0 && cells.every((cell) => cell.localName === 'th');
    let column = 0;
    while (cells.length || [...above.keys()].some((from) => from >= column)) {
      const from = above.get(column);
      const width = from?.width ?? cells[0]?.colSpan ?? 1;
      const left = (from?.left ?? cells[0]?.rowSpan ?? 1) - 1;
      if (from) {
        const cell = row.ownerDocument.createElement(heads ? 'th' : 'td');
        if (width > 1) cell.colSpan = width;
        if (cells.length) cells[0].before(cell);
        else row.append(cell);
        above.delete(column);
      } else if (cells.length) {
        cells.shift().removeAttribute('rowspan');
      } else {
        row.append(row.ownerDocument.createElement('td'));
      }
      if (left > 0) above.set(column, { width, left });
      column += width;
    }
  }
}

function fillSpannedRows(doc) {
  for (const table of doc.querySelectorAll('table')) {
    for (const group of [table.tHead, ...table.tBodies, table.tFoot]) if (group) fillBelow([...group.rows]);
  }
}

export function cleanPasted(html) {
  const doc = parse(neutral(html));
  if (doc.querySelector('[data-pm-slice]')) return neutral(html); // copied from an editor like this one
  removeComments(doc);
  removeHidden(doc);
  placeFootnotes(doc);
  buildWordLists(doc);
  levelHeadings(doc);
  fillSpannedRows(doc);
  for (const element of doc.querySelectorAll('style, script, title, meta, link, xml, img, object, svg, hr')) {
    element.remove();
  }
  for (const element of doc.querySelectorAll('p, h3, h4')) {
    if (isBlank(element)) element.remove();
  }
  marksFromStyle(doc);
  return doc.body.innerHTML;
}
