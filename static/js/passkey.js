/* <form data-passkey="create|get|login" data-options="ID of the JSON" data-stopped data-missing>: asks the
   device for a passkey and sends what it says in the field "credential". A sign-in without a name
   fetches its options first. What goes wrong is said in words. */
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const trouble = form.querySelector("[data-passkey-trouble]");
  const way = form.dataset.passkey;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    if (!window.PublicKeyCredential || !window.isSecureContext) return tell(form.dataset.missing);
    try {
      const options = await optionsOf(form, way);
      const said = await (way === "create" ? webauthnJSON.create(options) : webauthnJSON.get(options));
      form.elements.credential.value = JSON.stringify(said);
      form.submit();
    } catch {
      tell(form.dataset.stopped);
    }
  });

  function tell(words) {
    trouble.textContent = words;
    trouble.hidden = false;
  }
}

async function optionsOf(form, way) {
  if (way === "login") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).request_options;
  }
  const kept = JSON.parse(document.getElementById(form.dataset.options).textContent);
  if (way === "get") return kept.request_options;
  const alone = form.elements.passwordless?.checked ?? false;
  const choice = kept.creation_options.publicKey.authenticatorSelection;
  choice.residentKey = alone ? "required" : "discouraged";
  choice.requireResidentKey = alone;
  if (alone) choice.userVerification = "required";
  return kept.creation_options;
}
