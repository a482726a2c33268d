// swift-format-ignore
private let mimecastCodes = "https://mimecastsupport.zendesk.com/hc/en-us/articles/34000709564691-Policies-Mimecast-SMTP-Error-Codes"
private let trendMicroCodes =
    "https://docs.trendmicro.com/en-us/documentation/article/deep-discovery-email-inspector-51-online-help-smtp-error-codes"
private let quotedBounces = "https://hardwaresecrets.com/understanding-email-bounce-messages/4/"
private let trellixCodes = "https://docs.trellix.com/data-and-email/docs/error-codes.md"
private let cloudflarePostmaster = "https://developers.cloudflare.com/email-service/reference/postmaster/"
// swift-format-ignore
private let sophosCodes = "https://docs.sophos.com/central/customer/help/en-us/ManageYourProducts/EmailSecurity/SMTPErrorCodes/index.html"
// swift-format-ignore
private let mimecastArticle = "https://community.mimecast.com/s/article/email-security-cloud-gateway-mimecast-smtp-error-codes"

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
            links: [
                Link("Mimecast: SMTP error codes", .documentation, mimecastCodes),
                Link("Mimecast: community and support", .contact, "https://community.mimecast.com/"),
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
                .init(saying: "Local CT IP Reputation", [550], .senderBlocked, "Your sending IP address has a poor reputation.", "Stop the cause, and ask Mimecast for a review.", mimecastArticle),
                .init(saying: "Account inbounds disabled", [451], .systemUnavailable, "The recipient's organisation has switched incoming mail off.", "Tell the recipient another way.", mimecastArticle),
                .init(saying: "Account outbounds disabled", [451], .policy, "Your own account may not send through Mimecast.", "Have your administrator take it up with Mimecast.", mimecastArticle),
                .init(saying: "Hostname is not authorized", [451], .routingFailure, "The mail went to a host name that is not for this account.", "The recipient's administrator has to use the host names of their region.", mimecastArticle),
                .init(saying: "Host network not allowed", [554], .policy, "The recipient's organisation takes no mail from your country or network.", "Ask the recipient another way for an exception.", mimecastArticle),
                .init(saying: "Message bounced due to Content Examination Policy", [550], .contentRejected, "A rule about content of the recipient's organisation refused the message.", "Ask the recipient another way which rule it was.", mimecastArticle),
                .init(saying: "Envelope blocked - User Entry", [550], .senderBlocked, "The recipient blocks this sender.", "Reach the recipient another way.", mimecastArticle),
                .init(saying: "Envelope blocked - User Domain Entry", [550], .senderBlocked, "The recipient blocks the sender's whole domain.", "Reach the recipient another way.", mimecastArticle),
                .init(saying: "This route requires TLS version 1.2 or greater", [553], .encryptionRequired, "The session used a TLS version older than 1.2.", "Enable TLS 1.2 or 1.3 on the sending server.", mimecastArticle),
                .init(saying: "Journal message past expiration", [550], .expired, "A journal message is older than the account allows.", "Check the clock of the journaling server, and journal no old mail.", mimecastArticle),
            ]),
        Provider("Proofpoint", .gateway,
            signatures: [
                .host("pphosted.com"),
                .host("ppe-hosted.com"),  // Proofpoint Essentials
                .text("ipcheck.proofpoint.com"),
                .text("support.proofpoint.com/dnsbl-lookup.cgi"),
            ],
            links: [
                .proofpoint,
            ],
            codes: [
                .init(saying: "ipcheck.proofpoint.com", [421, 550, 554], .senderBlocked, "Proofpoint's dynamic reputation blocks or delays your IP address.", "Look your IP address up at ipcheck.proofpoint.com, and request a review.", "https://www.suped.com/email-deliverability/answers/how-to-contact-proofpoint-about-ip-blocks-and-understand-dynamic-block-behavior"),
                .init(saying: "refused by Proofpoint Reputation Services", [550], .senderBlocked, "Proofpoint's reputation service refuses your IP address.", "Request a review at the page the reply links to.", "https://ipcheck.proofpoint.com/"),
                .init(saying: "Proofpoint Dynamic Reputation", [421, 550], .senderBlocked, "Proofpoint's dynamic reputation blocks or delays your IP address.", "Look your IP address up at ipcheck.proofpoint.com, and request a review.", "https://www.suped.com/email-deliverability/answers/how-to-contact-proofpoint-about-ip-blocks-and-understand-dynamic-block-behavior"),
                .init(saying: "User email address is marked as invalid", [550], .unknownRecipient, "The address is on the list of invalid users that the recipient's organisation keeps.", "Check the spelling; if it is right, the recipient's administrator has to add the user.", "https://www.spambrella.com/faq/email-delivery-error-codes/"),
                .init(saying: "prs.proofpoint.com", [550], .senderBlocked, "Proofpoint's reputation service blocks your IP address.", "Look your IP address up at ipcheck.proofpoint.com, and request a review.", "https://smtp.codes/proofpoint"),
            ]),
        Provider("Barracuda", .gateway,
            signatures: [
                .text("cuda_nsu"),  // tag of its cloud filter, before the enhanced code
                .host("ess.barracudanetworks.com"),
                .text("barracudanetworks.com/reputation"),
                .text("barracudacentral"),
            ],
            links: [
                Link("Barracuda Central: request removal", .delisting, "https://www.barracudacentral.org/rbl/removal-request"),
                Link("Barracuda Central: look an address up", .lookup, "https://www.barracudacentral.org/lookups"),
            ],
            codes: [
                .init(saying: "permanent failure for one or more recipients", [550], .policy, "The gateway refused the mail on reputation or by the rules of the recipient's organisation.", "Check your IP address at Barracuda Central, and ask the recipient's administrator.", "https://www.suped.com/learn/blocklists/why-are-my-emails-blocked-by-barracuda-even-when-not-listed-on-blocklists"),
                .init(saying: "blocked using Barracuda Reputation", [554], .senderBlocked, "Your IP address is on Barracuda's list.", "Ask Barracuda Central to remove your IP address.", "https://luxsci.com/blog/?p=16857"),
                .init(saying: "b.barracudacentral.org", [550, 554], .senderBlocked, "Your IP address is on Barracuda's list.", "Ask Barracuda Central to remove your IP address.", quotedBounces),
                .init(saying: "License Expired", [421, 422], .systemUnavailable, "The recipient's filter has no valid licence; no login is at fault.", "Tell the recipient another way.", "https://campus.barracuda.com/product/emailsecuritygateway/doc/39815000/smtp-error-codes/"),
                .init(saying: "deferred due to suspect content", [420], .spamContent, "The filter holds the message off because of its content.", "Change the content, and let the queue retry.", "https://campus.barracuda.com/doc/39815000"),
            ]),
        Provider("Cisco", .gateway,
            signatures: [
                .host("iphmx.com"),
                .text("sending MTA's poor reputation"),
                .text("senderbase.org"),  // where Talos used to be looked up
            ],
            links: [
                .talos,
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
            links: [
                Link("Symantec: IP reputation and removal", .delisting, "https://ipremoval.sms.symantec.com/"),
                Link("Broadcom: SMTP codes of Symantec", .documentation, "https://knowledge.broadcom.com/external/article/165144/smtp-bounce-back-error-codes-for-email-s.html"),
            ],
            codes: [
                .init(saying: "Connection rejected by policy [7.3]", [553, 554], .senderBlocked, "The Symantec/Broadcom cloud refused the connection because of a policy or reputation.", "Check your IP address at Symantec's reputation page.", "https://support.symantec.com/en_US/article.TECH246726.html", confirmed: false),
                .init(saying: "symanteccloud.com/troubleshooting", [553], .policy, "The Symantec/Broadcom cloud service filtered the message.", "Follow the page the reply links to, and ask the recipient.", "https://support.symantec.com/en_US/article.TECH246726.html", confirmed: false),
                .init(saying: "you are trying to use me", [553], .relayDenied, "The MX of the recipient's domain points to the service, which is not set up for it.", "Check the spelling of the domain. If it is right, the recipient's administrator has to register it.", "https://smtp.codes/emailsecuritycloud"),
                .init(saying: "Requested action aborted [9]", [450], .undetermined, "The service puts the message off; the number in brackets gives its reason.", "Let the queue retry; if it lasts, look the number up in Broadcom's article.", "https://knowledge.broadcom.com/external/article/165144/smtp-bounce-back-error-codes-for-email-s.html", confirmed: false),
            ]),
        Provider("Trend Micro", .gateway,
            signatures: [
                .text("ERS-Customized-Block"),  // refusal by the customer's reputation settings
                .text("BLOCK-SEND-ER"),  // the same by a blocked sender
                .text("BLOCK-RCPT"),  // the same by a rule about the recipient
                .host("in.tmes.trendmicro.com"),
                .text("mail-abuse.com"),  // old link to the reputation lookup
            ],
            links: [
                .trendMicro,
            ],
            codes: [
                .init(saying: "Trend Micro Email Reputation", [450, 550], .senderBlocked, "Trend Micro's reputation service lists your IP address.", "Look your IP address up at Trend Micro, and request removal.", quotedBounces),
                .init(saying: "blocked using Trend Micro", [550], .senderBlocked, "Trend Micro's reputation service lists your IP address.", "Look your IP address up at Trend Micro, and request removal.", "https://servicecentral.trendmicro.com/en-us/ers/ip-lookup/"),
                .init(saying: "mail-abuse.com", [450, 550], .senderBlocked, "The receiver names the old address of Trend Micro's reputation lookup.", "Look your IP address up at Trend Micro, and request removal.", quotedBounces),
                .init("BLOCK-SEND-ER", [554], .senderBlocked, "The recipient's administrator blocks this sender; the mailbox exists.", "Ask the recipient another way to have the block lifted.", "https://smtp.codes/trendmicro", confirmed: false),
                .init("BLOCK-RCPT", [554], .recipientRestricted, "A rule of the recipient's organisation blocks mail to this recipient.", "Ask the recipient another way to be allowed.", "https://smtp.codes/trendmicro", confirmed: false),
                .init("NO-DOMAIN", [554], .badDestinationDomain, "The service is not set up for the recipient's domain.", "Check the spelling of the domain. If it is right, the recipient's administrator has to set it up.", "https://smtp.codes/trendmicro", confirmed: false),
                .init("521", [521], .senderBlocked, "The recipient's organisation blocks the sender for good, because of its authentication or because it took the sender for an attacker; the host does take mail.", "Repair SPF, DKIM and DMARC, then ask the recipient another way to have the block lifted.", trendMicroCodes),
                .init("421", [421], .rateLimited, "The recipient's organisation holds the sender off, because of its authentication or because it sends too fast.", "Slow down, and repair SPF, DKIM and DMARC.", trendMicroCodes),
                .init("ERS-Customized-Block", [550], .senderBlocked, "The reputation settings of the recipient's organisation block your IP address; the mailbox exists.", "Ask the recipient another way to have the block lifted.", "https://smtp.codes/trendmicro"),
            ]),
        Provider("Trellix", .gateway,
            signatures: [
                .host("fireeyecloud.com"),
            ],
            links: [
                Link("Trellix: error codes", .documentation, trellixCodes),
            ],
            codes: [
                .init("ETP100", [550], .badDestinationDomain, "The service is not set up for the recipient's domain.", "Check the domain in the recipient's address.", trellixCodes),
                .init("ETP101", [550], .unknownRecipient, "No customer of the service knows the blind-copy recipient.", "Have the recipient's administrator check the setup.", trellixCodes),
                .init("ETP102", [550], .unknownRecipient, "The server next in line refused the recipient.", "Check the recipient's address.", trellixCodes),
                .init("ETP103", [450], .systemUnavailable, "The server next in line took too long to answer the recipient check.", "Retry later.", trellixCodes),
                .init("ETP104", [550], .routingFailure, "The service detected a loop with the sending server.", "Fix the routing between the two systems.", trellixCodes),
                .init("ETP105", [550], .badDestinationDomain, "The recipient's domain is set up at the service in a way that does not work.", "Tell the recipient another way, for their administrator.", trellixCodes),
                .init("ETP106", [450], .systemUnavailable, "The service could not reach its own back end.", "Let the queue retry.", trellixCodes),
                .init("ETP205", [550], .senderUnauthenticated, "The message fails DMARC.", "Align SPF or DKIM with the From domain.", "https://smtp.codes/fireeye"),
                .init("ETP208", [550], .senderBlocked, "The sending IP is on the blocklist that the reply names.", "Stop the cause, then get the IP removed there.", "https://github.com/zone-eu/zone-mta/blob/master/config/bounces.txt"),
            ]),
        Provider("Cloudflare", .gateway,
            signatures: [
                .host("mx.cloudflare.net"),  // Email Routing
                .text("developers.cloudflare.com/email"),
            ],
            links: [
                Link("Cloudflare: postmaster", .documentation, cloudflarePostmaster),
            ],
            codes: [
                .init(saying: "found on one or more RBLs", [554], .senderBlocked, "Your sending IP address is on a blocklist, which the reply names in brackets.", "Ask that blocklist for removal.", cloudflarePostmaster),
                .init(saying: "Upstream error", [421], .systemUnavailable, "The destination behind Cloudflare Email Routing gave a temporary error.", "Retry, and check the destination mailbox.", cloudflarePostmaster),
                .init(saying: "abusixip", [554], .senderBlocked, "Your sending IP address is on the Abusix list.", "Look your IP address up at Abusix, and have it delisted there.", cloudflarePostmaster, links: [.abusix]),
            ]),
        Provider("Sophos", .gateway,
            signatures: [
                .host("hydra.sophos.com"),  // MX of Sophos Email
            ],
            links: [
                Link("Sophos: SMTP error codes", .documentation, sophosCodes),
            ],
            codes: [
                .init("XGEMAIL_0001", [], .senderUnauthenticated, "The DKIM signature is missing or does not verify.", "Repair the DKIM signing.", sophosCodes),
                .init("XGEMAIL_0002", [], .senderUnauthenticated, "The message failed SPF.", "Add the server to the SPF record.", sophosCodes),
                .init("XGEMAIL_0003", [], .senderUnauthenticated, "The message failed DMARC.", "Align SPF or DKIM with the From domain.", sophosCodes),
                .init("XGEMAIL_0004", [], .senderBlocked, "The sending IP is on a blocklist.", "Find the list that has it, stop the cause, and get the IP removed.", sophosCodes),
                .init("XGEMAIL_0005", [], .senderBlocked, "The sender's domain is on a domain blocklist.", "Find the list that has it, stop the cause, and get the domain removed.", sophosCodes),
                .init("XGEMAIL_0006", [], .encryptionRequired, "The recipient's policy does not allow the TLS version of the session.", "Enable a newer TLS version on the sending server.", sophosCodes),
                .init("XGEMAIL_0007", [], .systemUnavailable, "The recipient's licence for the filter has run out.", "Tell the recipient another way.", sophosCodes),
                .init("XGEMAIL_0008", [], .senderBlocked, "The recipient's administrator blocks this sender, domain or IP.", "Ask the recipient another way to have the block lifted.", sophosCodes),
                .init("XGEMAIL_0009", [], .senderBlocked, "The recipient blocks this sender, domain or IP.", "Reach the recipient another way.", sophosCodes),
                .init("XGEMAIL_0010", [], .badDestinationDomain, "The filter does not protect the recipient's domain.", "Check the spelling of the domain. If it is right, its owner has to check the MX record and the filter's setup.", sophosCodes),
                .init("XGEMAIL_0011", [], .unknownRecipient, "The protected domain has no such mailbox.", "Check the spelling; if it is right, remove the address.", sophosCodes),
                .init("XGEMAIL_0012", [], .messageTooLarge, "The message is larger than allowed.", "Make the message smaller, or share its files by link.", sophosCodes),
                .init("XGEMAIL_0013", [], .tooManyRecipients, "So large a message may not go to so many recipients at once.", "Send to fewer, or make the message smaller.", sophosCodes),
                .init("XGEMAIL_0014", [], .rateLimited, "The sender has sent this recipient as much as one sender may.", "Send to this recipient more slowly.", sophosCodes),
                .init("XGEMAIL_0015", [], .rateLimited, "The recipient has taken as much from all senders as is allowed.", "Let the queue retry later.", sophosCodes),
            ]),
        Provider("SpamExperts", .gateway,
            signatures: [
                .host("antispamcloud.com"),  // MX mx1 to mx4
            ],
            links: [
                Link("SpamExperts: request removal at spamrl.com", .delisting, "https://www.spamrl.com/"),
            ],
            codes: [
                .init(saying: "spamrl.com", [550], .senderBlocked, "Your IP address is on the blocklist of SpamExperts (N-able).", "Stop the cause, then ask for removal at spamrl.com.", "https://github.com/zone-eu/zone-mta/blob/master/config/bounces.txt", confirmed: false),
            ]),
    ]
}
