// What the editor can hold: the subset of HTML that helhedsplan/tekst.py keeps, and no more.
import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Gapcursor,
  HardBreak,
  Heading,
  Italic,
  Link,
  ListItem,
  Mark,
  OrderedList,
  Paragraph,
  Table,
  TableCell,
  TableHeader,
  TableRow,
  Text,
  TrailingNode,
  UndoRedo,
  mergeAttributes,
} from '../../django_prose_editor/editor.js';

export const ALLOWED_ADDRESS = /^(https?:\/\/|mailto:)\S/i;

let footnotes = 0;

// The note's own text in place. The number is never shown; it keeps two notes side by side from becoming one.
const Footnote = Mark.create({
  name: 'fodnote',
  priority: 1100,
  inclusive: false,
  addAttributes() {
    return { nummer: { default: 0, rendered: false, parseHTML: () => ++footnotes } };
  },
  parseHTML() {
    return [{ tag: 'span.fodnote' }];
  },
  renderHTML() {
    return ['span', { class: 'fodnote' }, 0];
  },
});

export function newFootnote(text) {
  return { type: 'text', text, marks: [{ type: 'fodnote', attrs: { nummer: ++footnotes } }] };
}

// A figure that stands for a measurement: the text stays the person's own, the reference is shown nowhere.
const Figure = Mark.create({
  name: 'tal',
  priority: 1050,
  inclusive: false,
  addAttributes() {
    return {
      henvisning: {
        default: null,
        parseHTML: (span) => span.getAttribute('data-tal'),
        renderHTML: ({ henvisning }) => ({ 'data-tal': henvisning }),
      },
    };
  },
  parseHTML() {
    return [{ tag: 'span[data-tal]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', HTMLAttributes, 0];
  },
});

const PlainLink = Link.extend({
  addAttributes() {
    return { href: { default: null } };
  },
  addKeyboardShortcuts() {
    return {};
  },
}).configure({
  autolink: false,
  openOnClick: false,
  isAllowedUri: (address) => ALLOWED_ADDRESS.test(address ?? ''),
});

const PlainOrderedList = OrderedList.extend({
  addAttributes() {
    return {
      start: {
        default: 1,
        parseHTML: (list) => list.start || 1,
        renderHTML: ({ start }) => (start === 1 ? {} : { start }),
      },
    };
  },
  addNodeView: null,
});

// Cells keep colspan only; what a pasted table spans downwards is filled with empty cells (html.js).
const cellAttributes = {
  addAttributes() {
    return {
      colspan: { default: 1, parseHTML: (cell) => cell.colSpan || 1 },
      rowspan: { default: 1, rendered: false, parseHTML: () => 1 },
      colwidth: { default: null, rendered: false, parseHTML: () => null },
    };
  },
};

// The caption is an attribute of the table, since every child of a table has to be a row.
const CaptionedTable = Table.extend({
  addAttributes() {
    return {
      caption: {
        default: '',
        rendered: false,
        parseHTML: (table) => table.querySelector('caption')?.textContent.trim() ?? '',
      },
    };
  },
  parseHTML() {
    return [{ tag: 'table' }, { tag: 'caption', ignore: true }];
  },
  renderHTML({ node, HTMLAttributes }) {
    const caption = node.attrs.caption ? [['caption', node.attrs.caption]] : [];
    return ['table', mergeAttributes(HTMLAttributes), ...caption, ['tbody', 0]];
  },
  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement('table');
      const caption = dom.createCaption();
      const contentDOM = dom.createTBody();
      caption.contentEditable = 'false';
      const update = (changed) => {
        if (changed.type !== node.type) return false;
        caption.textContent = changed.attrs.caption;
        caption.hidden = !changed.attrs.caption;
        return true;
      };
      update(node);
      const ignoreMutation = (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target);
      return { dom, contentDOM, update, ignoreMutation };
    };
  },
  // Tab goes from cell to cell, and after the last one out of the editor as everywhere else.
  addKeyboardShortcuts() {
    return {
      ...this.parent?.(),
      Tab: () => this.editor.commands.goToNextCell(),
      'Shift-Tab': () => this.editor.commands.goToPreviousCell(),
    };
  },
});

export const EXTENSIONS = [
  Document,
  Paragraph,
  Text,
  Heading.configure({ levels: [3, 4] }),
  Bold,
  Italic,
  BulletList,
  PlainOrderedList,
  ListItem,
  HardBreak,
  Blockquote,
  PlainLink,
  Footnote,
  Figure,
  CaptionedTable,
  TableRow,
  TableCell.extend(cellAttributes),
  TableHeader.extend(cellAttributes),
  UndoRedo,
  Gapcursor,
  TrailingNode,
];
