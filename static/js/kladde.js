// Autosave: what stands in the form is kept as a draft on the server while it is typed. When that fails it is said
// loudly and stays said, the text stays in the form, and leaving the page is warned against.
import { freshToken, refresh } from './frisk_noegle.js';

const PAUSE = 2000; // after the last key
const LONGEST = 15000; // while somebody types without a pause
const AGAIN = 15000; // after a failure

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector('[data-kladde-status]');
    this.unsaved = 'ugemt' in form.dataset;
    this.alert = null;
    this.timer = null;
    this.since = 0;
    this.request = null;
    this.sent = false;
  }

  changed() {
    this.unsaved = true;
    this.since ||= Date.now();
    const wait = Math.max(0, Math.min(PAUSE, this.since + LONGEST - Date.now()));
    this.later(wait);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  // Fields that have to start from an older version than the page's own say so in data-grund (the merge page).
  content() {
    const data = new FormData(this.form);
    data.delete('csrfmiddlewaretoken'); // the header has the one of the latest login
    for (const input of this.form.querySelectorAll('[data-grund]')) data.set(input.name, input.dataset.grund);
    return new URLSearchParams([...data].filter(([, value]) => typeof value === 'string'));
  }

  async save() {
    if (this.sent || this.request) return;
    clearTimeout(this.timer);
    const content = this.content();
    this.since = 0;
    this.request = new AbortController();
    try {
      const answer = await fetch(this.form.dataset.kladde, {
        method: 'POST',
        body: content,
        headers: { 'X-Autogem': '1', 'X-CSRFToken': freshToken(), Accept: 'application/json' },
        redirect: 'error',
        signal: this.request.signal,
      });
      await this.answered(answer, content);
    } catch (error) {
      if (error.name !== 'AbortError') this.failed('Der er ingen forbindelse til serveren.');
    } finally {
      this.request = null;
    }
    if (this.unsaved && !this.alert) this.changed();
  }

  async answered(answer, content) {
    const json = answer.headers.get('Content-Type')?.startsWith('application/json');
    const { gemt, besked } = json ? await answer.json() : {};
    if (answer.ok) this.saved(gemt, content);
    else if (answer.status === 401) this.failed('Du er logget ud.', this.form.dataset.login);
    else if (answer.status === 422) this.refused(besked);
    else this.failed(besked ?? `Serveren kunne ikke gemme (fejl ${answer.status}).`);
  }

  saved(time, content) {
    this.unsaved = this.content().toString() !== content.toString();
    this.alert?.remove();
    this.alert = null;
    this.status.textContent = `Kladde gemt kl. ${time}`;
  }

  // Something has to be mended in the text before it can be kept.
  refused(reason) {
    this.show(reason, []);
  }

  failed(reason, login) {
    const link = Object.assign(document.createElement('a'), { href: login, target: '_blank', rel: 'noopener' });
    link.textContent = 'Log ind i et nyt faneblad';
    const help = login ? [link, ', og kom tilbage hertil.'] : ['Vi prøver igen om lidt.'];
    this.show(`${reason} Det, du har skrevet, står her stadig. Lad siden stå åben. `, help);
    this.later(AGAIN);
  }

  // The same alert is not said twice: it stays until a draft is kept.
  show(reason, help) {
    this.status.textContent = '';
    if (this.alert?.dataset.reason === reason) return;
    this.alert?.remove();
    this.alert = this.form.querySelector('template[data-kladde-alarm]').content.firstElementChild.cloneNode(true);
    this.alert.dataset.reason = reason;
    this.alert.querySelector('.alert-text').append(reason, ...help);
    this.form.prepend(this.alert);
  }

  submitted(event) {
    if (this.sent) {
      event.preventDefault(); // pressed twice
      return;
    }
    refresh(this.form);
    clearTimeout(this.timer);
    this.request?.abort();
    this.sent = true;
  }

  back() {
    this.sent = false;
  }

  tryAgain() {
    if (this.alert && !document.hidden) this.save();
  }

  leaving(event) {
    if (this.unsaved && !this.sent) event.preventDefault();
  }
}

for (const form of document.querySelectorAll('form[data-kladde]')) {
  const draft = new Draft(form);
  form.addEventListener('input', () => draft.changed());
  form.addEventListener('submit', (event) => draft.submitted(event));
  window.addEventListener('beforeunload', (event) => draft.leaving(event));
  window.addEventListener('pageshow', () => draft.back());
  window.addEventListener('online', () => draft.tryAgain());
  window.addEventListener('focus', () => draft.tryAgain());
  document.addEventListener('visibilitychange', () => draft.tryAgain());
}
