// "Bind til tal": the chosen figure is said to be a measurement: first of what, then where and when.
import { ask } from './dialog.js';

async function answerOf(url) {
  const response = await fetch(url, { headers: { Accept: 'application/json' } });
  return response.ok ? response.json() : null;
}

const inWords = ({ navn, tal }) => `${navn}: ${tal}`;
const figureOption = (figure) => ({ value: figure.henvisning, text: inWords(figure) });

function sorry(title) {
  return ask({ title, fields: [], submit: 'Luk' });
}

// What the figure may be: measurements that say the same, and every indicator for those who know better.
function firstQuestion(text, { forslag, indikatorer }, bound) {
  const indicators = indikatorer.map(({ noegle, navn }) => ({ value: `:${noegle}`, text: navn }));
  const matches = forslag.map(figureOption);
  const options = matches.length
    ? [
        { text: 'Tal, der siger det samme', options: matches },
        { text: 'Et andet tal om', options: indicators },
      ]
    : indicators;
  return {
    title: bound ? 'Ret bindingen' : 'Bind til tal',
    fields: [{ name: 'valg', label: `Hvad er »${text}« et tal for?`, options }],
    submit: 'Videre',
    remove: bound && 'Fjern bindingen',
  };
}

async function chooseFigure(url, key) {
  const answer = await answerOf(`${url}?indikator=${encodeURIComponent(key)}`);
  if (!answer?.tal.length) {
    await sorry('Der er ingen tal, der kan bindes her');
    return null;
  }
  const chosen = await ask({
    title: 'Sted og år',
    fields: [{ name: 'valg', label: 'Hvilket tal?', options: answer.tal.map(figureOption) }],
    submit: 'Bind tallet',
  });
  return chosen?.valg ?? null;
}

// chooseMeasurement(url, text, bound): the reference of the measurement, '' to unbind, or null when it is given up.
export async function chooseMeasurement(url, text, bound) {
  const first = await answerOf(`${url}?tekst=${encodeURIComponent(text)}`);
  if (!first) {
    await sorry('Tallene kan ikke hentes lige nu. Prøv igen om lidt');
    return null;
  }
  if (!first.indikatorer.length) {
    await sorry('Planen har ingen tal, der kan bindes, endnu');
    return null;
  }
  const answer = await ask(firstQuestion(text, first, bound));
  if (!answer) return null;
  if (answer.remove) return '';
  return answer.valg.startsWith(':') ? chooseFigure(url, answer.valg.slice(1)) : answer.valg;
}
