/// Pages that the codes of several providers lead to.
extension Link {
    static let spamhaus = Link(
        "Spamhaus: look an address up", .lookup, "https://check.spamhaus.org/",
        template: "https://www.spamhaus.org/query/ip/{ip}")
    static let cloudmark = Link("Cloudmark: ask for a reset", .delisting, "https://csi.cloudmark.com/en/reset/")
    static let senderScore = Link(
        "SenderScore, of Validity (Return Path): look an address up", .lookup, "https://senderscore.org/")
    static let invaluement = Link("Invaluement: look an address up", .lookup, "https://www.invaluement.com/lookup/")
    static let proofpoint = Link(
        "Proofpoint: look an address up", .lookup, "https://ipcheck.proofpoint.com/",
        template: "https://ipcheck.proofpoint.com/?ip={ip}")
    static let talos = Link(
        "Cisco: look an address up", .lookup, "https://talosintelligence.com/reputation_center",
        template: "https://talosintelligence.com/reputation_center/lookup?search={ip}")
    static let abusix = Link(
        "Abusix: look an address up", .lookup, "https://lookup.abusix.com/",
        template: "https://lookup.abusix.com/search?q={ip}")
    static let trendMicro = Link(
        "Trend Micro: look an address up", .lookup, "https://servicecentral.trendmicro.com/en-us/ers/ip-lookup/")
    static let rfc5322 = Reference.rfc(5322).link
}
