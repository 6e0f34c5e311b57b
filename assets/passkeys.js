// Passkeys: asks the browser for one and sends what it brings with an ordinary form. Without this script the page's other ways work.

const bytes = hex => Uint8Array.from(hex.match(/../g) ?? [], pair => parseInt(pair, 16))
const hex = buffer => Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, '0')).join('')

const send = (form, fields) => {
    for (const [name, value] of Object.entries(fields)) form.elements[name].value = hex(value)
    form.submit()
}

const add = async form => {
    const d = {...form.dataset, ...form.elements.draft.dataset}
    const made = await navigator.credentials.create({publicKey: {
        challenge: bytes(d.challenge),
        rp: {id: d.site, name: d.operator},
        user: {id: bytes(d.user), name: d.name, displayName: d.name},
        pubKeyCredParams: [-7, -8, -257].map(alg => ({type: 'public-key', alg})),
        authenticatorSelection: {residentKey: 'required', userVerification: 'preferred'},
        excludeCredentials: d.present.split(' ').filter(Boolean).map(id => ({type: 'public-key', id: bytes(id)})),
        attestation: 'none',
    }})
    send(form, {clientData: made.response.clientDataJSON, authenticatorData: made.response.getAuthenticatorData()})
}

const come = async form => {
    const answer = await fetch(form.dataset.begin, {method: 'POST', body: new URLSearchParams({form: form.elements.form.value})})
    if (!answer.ok) throw new Error(answer.status)
    const found = await navigator.credentials.get({publicKey: {
        challenge: bytes((await answer.text()).trim()), rpId: form.dataset.site, userVerification: 'preferred',
    }})
    send(form, {
        id: found.rawId, clientData: found.response.clientDataJSON, authenticatorData: found.response.authenticatorData,
        signature: found.response.signature,
    })
}

if (window.PublicKeyCredential) {
    document.getElementById('no-passkey')?.setAttribute('hidden', '')
    for (const form of document.querySelectorAll('form[data-passkey]')) {
        form.hidden = false
        const failed = form.querySelector('[data-failed]')
        form.addEventListener('submit', event => {
            event.preventDefault()
            failed.hidden = true
            const work = form.dataset.passkey === 'add' ? add : come
            work(form).catch(() => { failed.hidden = false })
        })
    }
}
