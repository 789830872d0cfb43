// A form may be sent from a page that is older than the login: its key is taken from the cookie when it is sent.
export function freshToken() {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? '';
}

export function refresh(form) {
  const token = freshToken();
  if (token) form.elements.csrfmiddlewaretoken.value = token;
}

for (const form of document.querySelectorAll('form[data-frisk-noegle]')) {
  form.addEventListener('submit', () => refresh(form));
}
