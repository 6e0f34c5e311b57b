// The headers that every response carries, in one place (OWASP ASVS 5.0, 3.4).

enum Protection {
    /// Everything comes from our own origin; nothing inline runs; nobody frames us.
    static let headers: [(StaticString, String)] = [
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ]
    /// Only where the site is reached by https; two years.
    static let https: (StaticString, String) = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
}
