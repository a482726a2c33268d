private let mimecastCodes =
    "https://mimecastsupport.zendesk.com/hc/en-us/articles/34000709564691-Policies-Mimecast-SMTP-Error-Codes"
private let quotedBounces = "https://hardwaresecrets.com/understanding-email-bounce-messages/4/"
private let trellixCodes = "https://docs.trellix.com/data-and-email/docs/error-codes.md"
private let cloudflarePostmaster = "https://developers.cloudflare.com/email-service/reference/postmaster/"
private let amazonSESTroubleshooting = "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html"

extension Provider {
    /// Services that filter or relay mail for others.
    // swift-format-ignore
    static let gateways: [Provider] = [
        Provider("Mimecast", .gateway,
            signatures: [
                .host("mimecast"),  // regional MX such as us-smtp-inbound-1.mimecast.com
                .text("community.mimecast.com"),
                .text("mimecastsupport.zendesk.com"),
                .text("kb.mimecast.com"),
                .text("csi.mimecast.org"),  // refusals on reputation
            ],
            codes: [
                .init(saying: "Sender address blocked", [421], .senderBlocked, "The recipient's list of blocked senders covers you.", "Ask the recipient's administrator to remove the entry.", mimecastCodes),
                .init(saying: "Unable to process connection at this time", [421], .systemUnavailable, "The Mimecast server is at full load.", "Retry later.", mimecastCodes),
                .init(saying: "Internal resources are temporarily unavailable", [451], .greylisted, "The receiver tells a sender it meets for the first time to come back.", "Let your queue retry after a minute or more.", mimecastCodes, confirmed: false),
                .init(saying: "Internal resource temporarily unavailable", [451], .greylisted, "The receiver tells a sender it meets for the first time to come back (older wording).", "Let your queue retry after a minute or more.", mimecastCodes),
                .init(saying: "IP temporarily blacklisted", [451], .senderBlocked, "Too many bad connections got your IP address blocked for a while.", "Fix the invalid recipients, and retry later.", mimecastCodes, confirmed: false),
                .init(saying: "Recipient temporarily unavailable", [451], .systemUnavailable, "The check of the recipient could get no answer just now.", "Retry later.", mimecastCodes, confirmed: false),
                .init(saying: "csi.mimecast.org Poor Reputation Sender", [550], .senderBlocked, "Your sending IP address has a poor reputation.", "Improve the reputation of your IP address, and ask Mimecast for a review.", "https://pastebin.com/A5BgtgEm"),
                .init(saying: "Administrative prohibition", [550], .policy, "The recipient's organisation has a policy against this mail.", "Ask the recipient's administrator about it.", mimecastCodes, confirmed: false),
                .init(saying: "Invalid Recipient", [550], .unknownRecipient, "The recipient's organisation does not know this recipient.", "Check the recipient's address.", mimecastCodes, confirmed: false),
                .init(saying: "header-based Anti-Spoofing policy", [550], .senderUnauthenticated, "The mail came from outside but claims the recipient's own domain.", "Authenticate the sender, and have the recipient's administrator add an exception.", mimecastCodes, confirmed: false),
                .init(saying: "header-based manually Blocked Senders", [550], .senderBlocked, "The recipient has blocked you by hand.", "Ask the recipient to lift the block.", mimecastCodes, confirmed: false),
                .init(saying: "SPF Sender Invalid", [550], .senderUnauthenticated, "The message failed the SPF check.", "Correct your SPF record.", mimecastCodes, confirmed: false),
                .init(saying: "DKIM Sender Invalid", [550], .senderUnauthenticated, "The message failed the DKIM check.", "Correct your DKIM signing.", mimecastCodes, confirmed: false),
                .init(saying: "DMARC Sender Invalid", [550], .senderUnauthenticated, "The message failed the DMARC check.", "Make SPF or DKIM align with the From domain.", mimecastCodes, confirmed: false),
                .init(saying: "Email rejected due to security policies", [554], .policy, "A security policy refused the content or an attachment.", "Ask the recipient's administrator about it.", mimecastCodes, confirmed: false),
                .init(saying: "Maximum email size reached", [554], .messageTooLarge, "The message is larger than the receiver allows.", "Make the message smaller.", mimecastCodes, confirmed: false),
                .init(saying: "Encryption required", [553], .encryptionRequired, "The recipient insists on TLS.", "Turn on STARTTLS.", mimecastCodes, confirmed: false),
                .init(saying: "Submitter failed to authenticate", [550], .credentials, "The sender is not an authorised source of outbound mail.", "Check the login or the authorised outbound IP addresses.", mimecastCodes, confirmed: false),
            ]),
        Provider("Proofpoint", .gateway,
            signatures: [
                .host("pphosted.com"),
                .host("ppe-hosted.com"),  // Proofpoint Essentials
                .text("ipcheck.proofpoint.com"),
                .text("support.proofpoint.com/dnsbl-lookup.cgi"),
            ],
            codes: [
                .init(saying: "ipcheck.proofpoint.com", [421, 550, 554], .senderBlocked, "Proofpoint's dynamic reputation blocks or delays your IP address.", "Look your IP address up at ipcheck.proofpoint.com, and request a review.", "https://www.suped.com/email-deliverability/answers/how-to-contact-proofpoint-about-ip-blocks-and-understand-dynamic-block-behavior"),
                .init(saying: "refused by Proofpoint Reputation Services", [550], .senderBlocked, "Proofpoint's reputation service refuses your IP address.", "Request a review at the page the reply links to.", "https://ipcheck.proofpoint.com/"),
                .init(saying: "Proofpoint Dynamic Reputation", [421, 550], .senderBlocked, "Proofpoint's dynamic reputation blocks or delays your IP address.", "Look your IP address up at ipcheck.proofpoint.com, and request a review.", "https://www.suped.com/email-deliverability/answers/how-to-contact-proofpoint-about-ip-blocks-and-understand-dynamic-block-behavior"),
            ]),
        Provider("Barracuda", .gateway,
            signatures: [
                .host("ess.barracudanetworks.com"),
                .text("barracudanetworks.com/reputation"),
                .text("barracudacentral"),
            ],
            codes: [
                .init(saying: "permanent failure for one or more recipients", [550], .policy, "The gateway refused the mail on reputation or by the rules of the recipient's organisation.", "Check your IP address at Barracuda Central, and ask the recipient's administrator.", "https://www.suped.com/learn/blocklists/why-are-my-emails-blocked-by-barracuda-even-when-not-listed-on-blocklists"),
                .init(saying: "blocked using Barracuda Reputation", [554], .senderBlocked, "Your IP address is on Barracuda's list.", "Ask Barracuda Central to remove your IP address.", "https://luxsci.com/blog/?p=16857"),
                .init(saying: "b.barracudacentral.org", [550, 554], .senderBlocked, "Your IP address is on Barracuda's list.", "Ask Barracuda Central to remove your IP address.", quotedBounces),
            ]),
        Provider("Cisco", .gateway,
            signatures: [
                .host("iphmx.com"),
                .text("sending MTA's poor reputation"),
                .text("senderbase.org"),  // where Talos used to be looked up
            ],
            codes: [
                .init(saying: "sending MTA's poor reputation", [554], .senderBlocked, "A Cisco gateway refuses your IP address because of its reputation at Talos.", "Look your IP address up at Talos, and request a review.", "https://talosintelligence.com/reputation_center"),
                .init(saying: "SBRS score too low", [554], .senderBlocked, "The SenderBase (Talos) score of your IP address is too low.", "Look your IP address up at Talos, and request a review.", "https://talosintelligence.com/reputation_center"),
            ]),
        Provider("Symantec", .gateway,
            signatures: [
                .host("messagelabs.com"),
                .text("symanteccloud.com"),
            ],
            codes: [
                .init(saying: "Connection rejected by policy [7.3]", [553, 554], .senderBlocked, "The Symantec/Broadcom cloud refused the connection because of a policy or reputation.", "Check your IP address at Symantec's reputation page.", "https://support.symantec.com/en_US/article.TECH246726.html", confirmed: false),
                .init(saying: "symanteccloud.com/troubleshooting", [553], .policy, "The Symantec/Broadcom cloud service filtered the message.", "Follow the page the reply links to, and ask the recipient.", "https://support.symantec.com/en_US/article.TECH246726.html", confirmed: false),
            ]),
        Provider("Trend Micro", .gateway,
            signatures: [
                .host("in.tmes.trendmicro.com"),
                .text("mail-abuse.com"),  // old link to the reputation lookup
            ],
            codes: [
                .init(saying: "Trend Micro Email Reputation", [450, 550], .senderBlocked, "Trend Micro's reputation service lists your IP address.", "Look your IP address up at Trend Micro, and request removal.", quotedBounces),
                .init(saying: "blocked using Trend Micro", [550], .senderBlocked, "Trend Micro's reputation service lists your IP address.", "Look your IP address up at Trend Micro, and request removal.", "https://servicecentral.trendmicro.com/en-us/ers/ip-lookup/"),
                .init(saying: "mail-abuse.com", [450, 550], .senderBlocked, "The receiver names the old address of Trend Micro's reputation lookup.", "Look your IP address up at Trend Micro, and request removal.", quotedBounces),
            ]),
        Provider("Trellix", .gateway,
            signatures: [
                .host("fireeyecloud.com"),
            ],
            codes: [
                .init("ETP100", [550], .badDestinationDomain, "The service is not set up for the recipient's domain.", "Check the domain in the recipient's address.", trellixCodes),
                .init("ETP101", [550], .unknownRecipient, "No customer of the service knows the blind-copy recipient.", "Have the recipient's administrator check the setup.", trellixCodes),
                .init("ETP102", [550], .unknownRecipient, "The server next in line refused the recipient.", "Check the recipient's address.", trellixCodes),
                .init("ETP103", [450], .systemUnavailable, "The server next in line took too long to answer the recipient check.", "Retry later.", trellixCodes),
                .init("ETP104", [550], .routingFailure, "The service detected a loop with the sending server.", "Fix the routing between the two systems.", trellixCodes),
            ]),
        Provider("Cloudflare", .gateway,
            signatures: [
                .host("mx.cloudflare.net"),  // Email Routing
                .text("developers.cloudflare.com/email"),
            ],
            codes: [
                .init(saying: "found on one or more RBLs", [554], .senderBlocked, "Your sending IP address is on a blocklist, which the reply names in brackets.", "Ask that blocklist for removal.", cloudflarePostmaster),
                .init(saying: "Upstream error", [421], .systemUnavailable, "The destination behind Cloudflare Email Routing gave a temporary error.", "Retry, and check the destination mailbox.", cloudflarePostmaster),
                .init(saying: "abusixip", [554], .senderBlocked, "Your sending IP address is on the Abusix list.", "Look your IP address up at Abusix, and have it delisted there.", cloudflarePostmaster),
            ]),
        Provider("Amazon SES", .sender,
            signatures: [
                .host("amazonaws.com"),
                .text("amazonses.com"),
            ],
            codes: [
                .init(saying: "Too many concurrent SMTP connections", [421], .rateLimited, "Too many connections are open to the SMTP endpoint.", "Open fewer connections.", amazonSESTroubleshooting),
                .init(saying: "Temporary service failure", [451, 454], .systemUnavailable, "Amazon SES could not process the request.", "Retry with back-off.", amazonSESTroubleshooting),
                .init(saying: "Timeout waiting for data from client", [451], .networkFailure, "The client paused for too long.", "Send data promptly, and retry.", amazonSESTroubleshooting),
                .init(saying: "Daily message quota exceeded", [454], .rateLimited, "The account has used up its 24-hour quota.", "Wait, or have the quota raised.", amazonSESTroubleshooting),
                .init(saying: "Maximum sending rate exceeded", [454], .rateLimited, "More messages arrived per second than are allowed.", "Send more slowly.", amazonSESTroubleshooting),
                .init(saying: "Temporary authentication failure", [454], .systemUnavailable, "Amazon SES could not check the credentials just now.", "Retry later.", amazonSESTroubleshooting),
                .init(saying: "530 Authentication required", [530], .credentials, "The client did not log in.", "Configure SMTP credentials in the client.", amazonSESTroubleshooting),
                .init(saying: "Authentication Credentials Invalid", [535], .credentials, "The SMTP credentials are wrong.", "Create SMTP credentials for Amazon SES, which are not the same as AWS keys.", amazonSESTroubleshooting),
                .init(saying: "Account not subscribed to SES", [535], .credentials, "The account is not enabled for Amazon SES.", "Sign up for Amazon SES.", amazonSESTroubleshooting),
                .init(saying: "Message is too long", [552], .messageTooLarge, "The message is larger than Amazon SES allows.", "Make the message smaller.", amazonSESTroubleshooting),
                .init(saying: "Invalid email address", [553], .badSenderAddress, "The address in MAIL FROM has a syntax error.", "Correct the sender address.", amazonSESTroubleshooting),
                .init(saying: "address unknown", [553], .badRecipientAddress, "The address in RCPT TO has a syntax error.", "Correct the recipient address.", amazonSESTroubleshooting),
                .init(saying: "is not authorized to perform ses:SendRawEmail", [554], .policy, "An IAM policy or a sending policy forbids this send.", "Grant the missing permission.", amazonSESTroubleshooting),
                .init(saying: "Email address is not verified", [554], .badSenderAddress, "The identity of the sender, or of a recipient in the sandbox, is not verified.", "Verify the address or its domain.", amazonSESTroubleshooting),
            ]),
    ]
}
