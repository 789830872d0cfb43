// allauth's scripts talk with the browser about passkeys; here what went wrong is said in Danish, where the button is.
const box = document.getElementById('passkey-fejl');

const WORDS = {
  NotAllowedError: 'Det blev ikke gjort færdigt. Prøv igen, eller brug en af de andre måder.',
  InvalidStateError: 'Den passkey er her allerede. Brug en anden enhed, eller gå tilbage.',
  SecurityError: `Passkeys virker kun på sidens egen adresse (${box.dataset.adresse}). Åbn siden der.`,
  NotSupportedError: 'Din enhed kan ikke lave den slags passkey. Prøv med en anden.',
};

document.addEventListener('allauth.error', (event) => {
  event.preventDefault();
  const { exception } = event.detail;
  const supported = Boolean(window.PublicKeyCredential);
  const text = WORDS[exception?.name] ?? 'Det gik ikke. Prøv igen, eller brug en af de andre måder.';
  box.querySelector('.alert-text').textContent = supported ? text : WORDS.SecurityError;
  box.hidden = false;
});
