// Names of countries by the two letters of ISO 3166-1, as sentences have them behind “in” (from the Unicode CLDR, made plainer).

enum Country {
    /// What is none of them is shown as it is written.
    static func name(_ code: String, in tongue: Tongue) -> String {
        guard let names = names[code] else { return code }
        return tongue == .english ? names.english : names.indonesian
    }

    static func isOne(_ code: String) -> Bool { names[code] != nil }

    /// The two letters of a country that is written by them, or by its name in either language; nil where it is none.
    static func code(of written: String) -> String? {
        if names[written.uppercased()] != nil { return written.uppercased() }
        let name = Words.fold(written)
        return names.first { _, names in
            [names.english, String(names.english.trimmingPrefix("the ")), names.indonesian].contains { Words.fold($0) == name }
        }?.key
    }

    /// The country that the first of these words name.
    static func named(in words: [String]) -> (code: String, name: String)? {
        for count in stride(from: min(words.count, 8), to: 0, by: -1) {
            let name = words.prefix(count).joined(separator: " ")
            if name.utf8.count > 2, let code = code(of: name) { return (code, name) }
        }
        return nil
    }

    private static let names: [String: (english: String, indonesian: String)] = Dictionary(
        uniqueKeysWithValues: list.split(separator: "\n").map { line in
            let bar = line.firstIndex(of: "|")!
            let english = line[line.index(line.startIndex, offsetBy: 3)..<bar].dropLast()
            return (String(line.prefix(2)), (String(english), String(line[bar...].dropFirst(2))))
        })

    private static let list = """
        AD Andorra | Andorra
        AE the United Arab Emirates | Uni Emirat Arab
        AF Afghanistan | Afganistan
        AG Antigua and Barbuda | Antigua dan Barbuda
        AI Anguilla | Anguilla
        AL Albania | Albania
        AM Armenia | Armenia
        AO Angola | Angola
        AQ Antarctica | Antarktika
        AR Argentina | Argentina
        AS American Samoa | Samoa Amerika
        AT Austria | Austria
        AU Australia | Australia
        AW Aruba | Aruba
        AX the Åland Islands | Kepulauan Aland
        AZ Azerbaijan | Azerbaijan
        BA Bosnia and Herzegovina | Bosnia dan Herzegovina
        BB Barbados | Barbados
        BD Bangladesh | Bangladesh
        BE Belgium | Belgia
        BF Burkina Faso | Burkina Faso
        BG Bulgaria | Bulgaria
        BH Bahrain | Bahrain
        BI Burundi | Burundi
        BJ Benin | Benin
        BL Saint Barthélemy | Saint Barthélemy
        BM Bermuda | Bermuda
        BN Brunei | Brunei
        BO Bolivia | Bolivia
        BQ the Caribbean Netherlands | Belanda Karibia
        BR Brazil | Brasil
        BS the Bahamas | Bahama
        BT Bhutan | Bhutan
        BV Bouvet Island | Pulau Bouvet
        BW Botswana | Botswana
        BY Belarus | Belarus
        BZ Belize | Belize
        CA Canada | Kanada
        CC the Cocos (Keeling) Islands | Kepulauan Cocos (Keeling)
        CD the Congo (Kinshasa) | Kongo (Kinshasa)
        CF the Central African Republic | Republik Afrika Tengah
        CG the Congo (Brazzaville) | Kongo (Brazzaville)
        CH Switzerland | Swiss
        CI Côte d’Ivoire | Côte d’Ivoire
        CK the Cook Islands | Kepulauan Cook
        CL Chile | Cile
        CM Cameroon | Kamerun
        CN China | Tiongkok
        CO Colombia | Kolombia
        CR Costa Rica | Kosta Rika
        CU Cuba | Kuba
        CV Cape Verde | Tanjung Verde
        CW Curaçao | Curaçao
        CX Christmas Island | Pulau Natal
        CY Cyprus | Siprus
        CZ Czechia | Ceko
        DE Germany | Jerman
        DJ Djibouti | Jibuti
        DK Denmark | Denmark
        DM Dominica | Dominika
        DO the Dominican Republic | Republik Dominika
        DZ Algeria | Aljazair
        EC Ecuador | Ekuador
        EE Estonia | Estonia
        EG Egypt | Mesir
        EH Western Sahara | Sahara Barat
        ER Eritrea | Eritrea
        ES Spain | Spanyol
        ET Ethiopia | Etiopia
        EU the European Union | Uni Eropa
        FI Finland | Finlandia
        FJ Fiji | Fiji
        FK the Falkland Islands | Kepulauan Falkland
        FM Micronesia | Mikronesia
        FO the Faroe Islands | Kepulauan Faroe
        FR France | Prancis
        GA Gabon | Gabon
        GB the United Kingdom | Inggris Raya
        GD Grenada | Grenada
        GE Georgia | Georgia
        GF French Guiana | Guyana Prancis
        GG Guernsey | Guernsey
        GH Ghana | Ghana
        GI Gibraltar | Gibraltar
        GL Greenland | Greenland
        GM the Gambia | Gambia
        GN Guinea | Guinea
        GP Guadeloupe | Guadeloupe
        GQ Equatorial Guinea | Guinea Ekuatorial
        GR Greece | Yunani
        GS South Georgia and the South Sandwich Islands | Georgia Selatan dan Kepulauan Sandwich Selatan
        GT Guatemala | Guatemala
        GU Guam | Guam
        GW Guinea-Bissau | Guinea-Bissau
        GY Guyana | Guyana
        HK Hong Kong | Hong Kong
        HM Heard Island and the McDonald Islands | Pulau Heard dan Kepulauan McDonald
        HN Honduras | Honduras
        HR Croatia | Kroasia
        HT Haiti | Haiti
        HU Hungary | Hungaria
        ID Indonesia | Indonesia
        IE Ireland | Irlandia
        IL Israel | Israel
        IM the Isle of Man | Pulau Man
        IN India | India
        IO the British Indian Ocean Territory | Wilayah Inggris di Samudra Hindia
        IQ Iraq | Irak
        IR Iran | Iran
        IS Iceland | Islandia
        IT Italy | Italia
        JE Jersey | Jersey
        JM Jamaica | Jamaika
        JO Jordan | Yordania
        JP Japan | Jepang
        KE Kenya | Kenya
        KG Kyrgyzstan | Kirgizstan
        KH Cambodia | Kamboja
        KI Kiribati | Kiribati
        KM the Comoros | Komoro
        KN Saint Kitts and Nevis | Saint Kitts dan Nevis
        KP North Korea | Korea Utara
        KR South Korea | Korea Selatan
        KW Kuwait | Kuwait
        KY the Cayman Islands | Kepulauan Cayman
        KZ Kazakhstan | Kazakhstan
        LA Laos | Laos
        LB Lebanon | Lebanon
        LC Saint Lucia | Saint Lucia
        LI Liechtenstein | Liechtenstein
        LK Sri Lanka | Sri Lanka
        LR Liberia | Liberia
        LS Lesotho | Lesotho
        LT Lithuania | Lituania
        LU Luxembourg | Luksemburg
        LV Latvia | Latvia
        LY Libya | Libya
        MA Morocco | Maroko
        MC Monaco | Monako
        MD Moldova | Moldova
        ME Montenegro | Montenegro
        MF Saint Martin | Saint Martin
        MG Madagascar | Madagaskar
        MH the Marshall Islands | Kepulauan Marshall
        MK North Macedonia | Makedonia Utara
        ML Mali | Mali
        MM Myanmar | Myanmar
        MN Mongolia | Mongolia
        MO Macao | Makau
        MP the Northern Mariana Islands | Kepulauan Mariana Utara
        MQ Martinique | Martinik
        MR Mauritania | Mauritania
        MS Montserrat | Montserrat
        MT Malta | Malta
        MU Mauritius | Mauritius
        MV the Maldives | Maladewa
        MW Malawi | Malawi
        MX Mexico | Meksiko
        MY Malaysia | Malaysia
        MZ Mozambique | Mozambik
        NA Namibia | Namibia
        NC New Caledonia | Kaledonia Baru
        NE Niger | Niger
        NF Norfolk Island | Pulau Norfolk
        NG Nigeria | Nigeria
        NI Nicaragua | Nikaragua
        NL the Netherlands | Belanda
        NO Norway | Norwegia
        NP Nepal | Nepal
        NR Nauru | Nauru
        NU Niue | Niue
        NZ New Zealand | Selandia Baru
        OM Oman | Oman
        PA Panama | Panama
        PE Peru | Peru
        PF French Polynesia | Polinesia Prancis
        PG Papua New Guinea | Papua Nugini
        PH the Philippines | Filipina
        PK Pakistan | Pakistan
        PL Poland | Polandia
        PM Saint Pierre and Miquelon | Saint Pierre dan Miquelon
        PN the Pitcairn Islands | Kepulauan Pitcairn
        PR Puerto Rico | Puerto Riko
        PS the Palestinian Territories | Wilayah Palestina
        PT Portugal | Portugal
        PW Palau | Palau
        PY Paraguay | Paraguay
        QA Qatar | Qatar
        RE Réunion | Réunion
        RO Romania | Rumania
        RS Serbia | Serbia
        RU Russia | Rusia
        RW Rwanda | Rwanda
        SA Saudi Arabia | Arab Saudi
        SB the Solomon Islands | Kepulauan Solomon
        SC the Seychelles | Seychelles
        SD Sudan | Sudan
        SE Sweden | Swedia
        SG Singapore | Singapura
        SH Saint Helena | Saint Helena
        SI Slovenia | Slovenia
        SJ Svalbard and Jan Mayen | Svalbard dan Jan Mayen
        SK Slovakia | Slovakia
        SL Sierra Leone | Sierra Leone
        SM San Marino | San Marino
        SN Senegal | Senegal
        SO Somalia | Somalia
        SR Suriname | Suriname
        SS South Sudan | Sudan Selatan
        ST São Tomé and Príncipe | Sao Tome dan Principe
        SV El Salvador | El Salvador
        SX Sint Maarten | Sint Maarten
        SY Syria | Suriah
        SZ Eswatini | Eswatini
        TC the Turks and Caicos Islands | Kepulauan Turks dan Caicos
        TD Chad | Chad
        TF the French Southern Territories | Wilayah Selatan Prancis
        TG Togo | Togo
        TH Thailand | Thailand
        TJ Tajikistan | Tajikistan
        TK Tokelau | Tokelau
        TL Timor-Leste | Timor Leste
        TM Turkmenistan | Turkmenistan
        TN Tunisia | Tunisia
        TO Tonga | Tonga
        TR Türkiye | Turki
        TT Trinidad and Tobago | Trinidad dan Tobago
        TV Tuvalu | Tuvalu
        TW Taiwan | Taiwan
        TZ Tanzania | Tanzania
        UA Ukraine | Ukraina
        UG Uganda | Uganda
        UM the outlying islands of the United States | kepulauan terluar Amerika Serikat
        US the United States | Amerika Serikat
        UY Uruguay | Uruguay
        UZ Uzbekistan | Uzbekistan
        VA Vatican City | Vatikan
        VC Saint Vincent and the Grenadines | Saint Vincent dan Grenadine
        VE Venezuela | Venezuela
        VG the British Virgin Islands | Kepulauan Virgin Britania Raya
        VI the Virgin Islands of the United States | Kepulauan Virgin Amerika Serikat
        VN Vietnam | Vietnam
        VU Vanuatu | Vanuatu
        WF Wallis and Futuna | Kepulauan Wallis dan Futuna
        WS Samoa | Samoa
        XK Kosovo | Kosovo
        YE Yemen | Yaman
        YT Mayotte | Mayotte
        ZA South Africa | Afrika Selatan
        ZM Zambia | Zambia
        ZW Zimbabwe | Zimbabwe
        """
}
