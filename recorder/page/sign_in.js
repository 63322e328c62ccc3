// Whether the page asks for a password.
return Boolean(document.querySelector('input[type="password"]'));
