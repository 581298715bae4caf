// Demo mode: a press on one of the listed accounts fills the form. Without script both texts stand there to be typed.

const form = document.getElementById(document.querySelector("[data-fills]").dataset.fills);

for (const button of document.querySelectorAll("[data-login]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    form.elements.login.value = button.dataset.login;
    form.elements.password.value = button.dataset.password;
    form.querySelector(".button-main").focus();
  });
}
