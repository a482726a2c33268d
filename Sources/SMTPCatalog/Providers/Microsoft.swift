extension Provider {
    // swift-format-ignore
    static let microsoft365 = Provider(
        "Microsoft 365",
        signatures: [
            .host("mail.protection.outlook.com"),  // MX of a tenant
            .host("mx.microsoft"),  // newer MX zone of tenants, made for DNSSEC
            .text("prod.protection.outlook.com"),  // server name in brackets that ends a reply
            .text("prod.outlook.com"),  // server that generated a bounce
            .text("prod.exchangelabs.com"),  // server that generated a bounce
            .host("smtp.office365.com"),  // submission by clients
            .text("sender.office.com"),  // link to the delisting portal
            .text("go.microsoft.com/fwlink"),  // help link
            .text("AS(2018"),  // number of an antispam rule, as in AS(201806281)
            .text("Remote server returned"),  // wraps another server's reply, which is the one to read
        ],
        links: [
            Link("Microsoft: request removal of an IP address", .delisting, "https://sender.office.com/"),
            Link("Microsoft: delivery reports in Exchange Online", .documentation, exchangeOnlineReports),
            Link("Microsoft: delisting by mail", .contact, "mailto:delist@microsoft.com"),
            Link("Microsoft: get support as an administrator", .contact, "https://learn.microsoft.com/en-us/microsoft-365/admin/get-help-support"),
        ],
        codes: [
            .init("4.3.2", [432], .rateLimited, "The mailbox is getting messages faster than its delivery threads allow.", "Retry later, and send to this recipient more slowly.", exchangeOnlineReports),
            .init("4.4.7", [550], .expired, "The message stayed in the queue until its lifetime ran out.", "Find the last temporary error, and check the recipient's domain and server.", exchangeOnlineReports),
            .init("4.4.8", [450], .encryptionRequired, "The destination's MX is not among the hosts that its MTA-STS policy lists.", "Ask the recipient's domain to correct its MX or its MTA-STS policy.", exchangeOnlineReports),
            .init("4.4.312", [450], .dnsFailure, "The DNS lookup of the destination or smart host failed.", "Check the domain's DNS, expiry and MX record.", connectorErrors),
            .init("4.4.315", [450], .networkFailure, "The connection to the destination timed out.", "Make sure that server, address and firewall are right.", connectorErrors),
            .init("4.4.316", [450], .networkFailure, "A server outside Microsoft refused the connection.", "Ask the recipient's administrator to check server and firewall.", exchangeOnlineReports),
            .init("4.4.317", [450], .networkFailure, "The connection was made, but the remote server answered with an error or cannot meet requirements such as TLS.", "Check the destination's TLS settings and certificates.", connectorErrors),
            .init("4.4.318", [450], .networkFailure, "The remote server broke off the connection abruptly.", "Check firewall inspection and the health of the server.", connectorErrors),
            .init("4.4.62", [451], .routingFailure, "The mail went to the wrong region of Microsoft 365 (ATTR35), as after a move of the tenant.", "Look up the MX record anew, and clear any route set by hand.", "https://learn.microsoft.com/en-us/exchange/troubleshoot/email-delivery/wrong-office-365-region-exo"),
            .init("4.5.3", [452], .tooManyRecipients, "The envelope has more than 200 recipients of one domain.", "Send to the recipients in smaller batches.", exchangeOnlineReports),
            .init("4.7.5", [450], .encryptionRequired, "The destination's certificate failed the MTA-STS check.", "Ask the recipient's domain to fix its certificate.", exchangeOnlineReports),
            .init("4.7.26", [450], .senderUnauthenticated, "The message came over IPv6 and passed neither SPF nor DKIM.", "Make the mail pass SPF or DKIM, or send over IPv4.", exchangeOnlineReports),
            .init("4.7.320", [450], .encryptionRequired, "The destination's certificate could not be validated.", "Correct the certificate or the connector setting.", connectorErrors),
            .init("4.7.321", [450], .encryptionRequired, "The destination advertises DANE but offers no STARTTLS that works.", "Ask the recipient's administrator to repair TLS.", exchangeOnlineReports),
            .init("4.7.322", [450], .encryptionRequired, "The DANE check found that the destination's certificate has expired.", "Ask the recipient's administrator to renew the certificate.", exchangeOnlineReports),
            .init("4.7.323", [450], .encryptionRequired, "The destination fails DANE because its certificate and its TLSA record disagree.", "Ask the recipient's administrator to correct the TLSA record or the certificate.", exchangeOnlineReports),
            .init("4.7.324", [450], .dnsFailure, "The DNSSEC data of the destination's domain does not validate.", "Ask the recipient's domain to fix its DNSSEC.", exchangeOnlineReports),
            .init("4.7.325", [450], .encryptionRequired, "The DANE check found that the name in the destination's certificate is not that of the MX host.", "Ask the recipient's administrator to correct the name in the certificate.", exchangeOnlineReports),
            .init("4.7.500-699", [451], .rateLimited, "Microsoft is limiting the sender for now because its sending pattern changed suspiciously.", "Slow down and retry, build up a history gradually, and use a connector.", exchangeOnlineReports),
            .init("4.7.850-899", [451], .rateLimited, "Microsoft is limiting the IP address while it reviews suspicious activity.", "Slow down and retry later.", exchangeOnlineReports),
            .init("5.0.350", [550], .undetermined, "The recipient's system refused the message without a specific reason, and Microsoft wrapped its reply.", "Read the original reply, quoted after the arrow.", exchangeOnlineReports),
            .init("5.1.0", [550], .badRecipientAddress, "The recipient address is malformed or could not be resolved.", "Enter the recipient's address afresh and send a new message.", exchangeOnlineReports),
            .init("5.1.1", [550], .unknownRecipient, "The recipient does not exist, or the sender used a stale cached address.", "Check the address and clear its autocomplete entry.", exchangeOnlineReports),
            .init("5.1.8", [550], .senderBlocked, "The account is blocked for sending spam, often after it was compromised.", "Secure the account, and have the administrator remove it from restricted entities.", exchangeOnlineReports),
            .init("5.1.10", [550], .unknownRecipient, "The lookup of the SMTP address found no such recipient.", "Check the spelling; if it is right, remove the address.", exchangeOnlineReports),
            .init("5.1.20", [550], .contentRejected, "The message has several From addresses but no Sender header.", "Use one From address, or add a Sender address.", "https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-code-550-5-1-20-multiple-from-addresses"),
            .init("5.1.90", [], .rateLimited, "The sender reached the daily limit of recipients.", "Wait until the window clears, and check for a compromise.", exchangeOnlineReports),
            .init("5.1.351", [550], .unknownRecipient, "The remote server knows no such recipient, and Microsoft wrapped its reply.", "Check the address; if it is right, remove it.", exchangeOnlineReports),
            .init("5.2.2", [], .rateLimited, "The sender exceeded a rate limit for recipients or messages.", "Wait, send less and check for a compromise.", exchangeOnlineReports),
            .init("5.2.121", [], .rateLimited, "The sender sent this one recipient too many messages within an hour.", "Send to this recipient less often.", exchangeOnlineReports),
            .init("5.2.122", [], .rateLimited, "The recipient reached the hourly limit of incoming mail.", "Retry later and send less often.", exchangeOnlineReports),
            .init("5.3.190", [], .policy, "The journal mail was refused because the tenant has no journaling archive.", "Have the tenant enable the archive or journal elsewhere.", exchangeOnlineReports),
            .init("5.4.1", saying: "Relay Access Denied", [550], .relayDenied, "The server that answered does not accept mail for the recipient's domain.", "Check the domain's MX record and the accepted domains.", exchangeOnlineReports),
            .init("5.4.1", saying: "Recipient address rejected", [550], .unknownRecipient, "The address is missing from the tenant's directory, so the edge refused it.", "Check the address; if it is right, remove it.", exchangeOnlineReports),
            .init("5.4.6", [554], .routingFailure, "An Exchange server on premises found a mail loop.", "Correct the forwarding rules or connectors.", exchangeOnlineReports),
            .init("5.4.8", [], .encryptionRequired, "The destination's MX is not among the hosts that its MTA-STS policy lists.", "Ask the recipient's domain to correct its MX or its MTA-STS policy.", exchangeOnlineReports),
            .init("5.4.14", [554], .routingFailure, "Exchange Online found a mail loop.", "Correct the forwarding rules or connectors.", exchangeOnlineReports),
            .init("5.4.300", [550], .expired, "Delivery took too long, so Microsoft gave it up.", "Check the destination server, and send again later.", exchangeOnlineReports),
            .init("5.4.310", [550], .badDestinationDomain, "The recipient's domain does not exist in DNS.", "Correct the recipient's domain.", exchangeOnlineReports),
            .init("5.4.312", [550], .dnsFailure, "DNS queries for the recipient's domain kept failing.", "Check the domain's DNS.", exchangeOnlineReports, confirmed: false),
            .init("5.4.316", [550], .networkFailure, "The message expired after the remote server kept refusing connections.", "Ask the recipient's administrator to check server and firewall.", exchangeOnlineReports, confirmed: false),
            .init("5.4.317", [550], .networkFailure, "The message expired because no usable session with the remote server was possible.", "Check the TLS and availability of the remote server.", exchangeOnlineReports, confirmed: false),
            .init("5.5.0", [550], .unknownRecipient, "There is no such Hotmail or Outlook.com mailbox.", "Check the spelling; if it is right, remove the address.", exchangeOnlineReports),
            .init("5.6.11", [550], .contentRejected, "The message contains bare line feeds.", "Correct the line endings that the mail software writes.", exchangeOnlineReports),
            .init("5.7.1", saying: "Delivery not authorized", [550], .recipientRestricted, "The sender may not write to this recipient or group, or a rule refused the message.", "Ask the recipient or the group's owner for permission.", exchangeOnlineReports),
            .init("5.7.1", saying: "Unable to relay", [550], .relayDenied, "The server does not relay to that domain for this client.", "Log in, or correct the MX record or the permission to relay.", exchangeOnlineReports),
            .init("5.7.1", saying: "Client was not authenticated", [530, 550], .credentials, "The server demands authentication before it accepts mail.", "Set up authentication on the sending system.", exchangeOnlineReports),
            .init("5.7.3", [535], .credentials, "The SMTP login failed.", "Check the password, the SMTP AUTH setting and the multi-factor rules.", clientSubmissionErrors),
            .init("5.7.5", [], .encryptionRequired, "The destination's certificate failed the MTA-STS check.", "Ask the recipient's domain to fix its certificate.", exchangeOnlineReports),
            .init("5.7.12", [550], .recipientRestricted, "The recipient accepts mail only from inside its organisation.", "Ask the recipient's administrator whether you may write.", exchangeOnlineReports),
            .init("5.7.13", [550], .recipientRestricted, "The public folder accepts mail only from inside its organisation.", "Ask the recipient's administrator whether you may write.", exchangeOnlineReports),
            .init("5.7.23", [550], .senderUnauthenticated, "The sender failed the SPF check.", "Correct the SPF record of the sender's domain.", exchangeOnlineReports),
            .init("5.7.25", [550], .reverseDNS, "The sending IPv6 address has no reverse DNS.", "Publish a PTR record, or send over IPv4.", exchangeOnlineReports),
            .init("5.7.30", [535, 550], .credentials, "Basic authentication is no longer accepted for client submission.", "Move the client to OAuth.", exchangeOnlineReports, confirmed: false),
            .init("5.7.57", [530], .credentials, "The device or application did not log in before sending.", "Set up a login or a relay connector.", exchangeOnlineReports),
            .init("5.7.60", [550], .badSenderAddress, "The account that logged in may not send as that From address.", "Send as the account's own address, or grant it Send As.", clientSubmissionErrors),
            .init("5.7.64", [550], .relayDenied, "The inbound connector no longer matches the IP address or certificate of the on-premises server.", "Have the administrator update the connector.", exchangeOnlineReports),
            .init("5.7.124", [550], .recipientRestricted, "The sender is not on the group's list of allowed senders.", "Ask the group's owner whether you may write.", exchangeOnlineReports),
            .init("5.7.133", [550], .recipientRestricted, "The group accepts mail only from inside its organisation.", "Ask the group's owner or administrator whether you may write.", exchangeOnlineReports),
            .init("5.7.134", [550], .recipientRestricted, "The mailbox accepts mail only from inside its organisation.", "Ask the recipient's administrator whether you may write.", exchangeOnlineReports),
            .init("5.7.135", [550], .recipientRestricted, "The public folder accepts mail only from inside its organisation.", "Ask the recipient's administrator whether you may write.", exchangeOnlineReports),
            .init("5.7.136", [550], .recipientRestricted, "The mail user accepts mail only from inside its organisation.", "Ask the recipient's administrator whether you may write.", exchangeOnlineReports),
            .init("5.7.139", [535], .credentials, "The SMTP login was refused because AUTH is disabled or the sign-in service is unavailable.", "Enable SMTP AUTH for the mailbox, or use OAuth.", clientSubmissionErrors),
            .init("5.7.193", [550], .recipientRestricted, "The group takes no mail from outside senders.", "Have the group's owner allow external senders.", "https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/550-5-7-193-when-external-users-send-to-microsoft-365-group"),
            .init("5.7.232", [], .rateLimited, "The trial tenant reached its daily limit of external recipients.", "Wait, or convert to a paid subscription.", exchangeOnlineReports),
            .init("5.7.233", [550], .rateLimited, "The tenant reached its daily limit of external recipients.", "Wait until the window clears, and send less in total.", exchangeOnlineReports),
            .init("5.7.236", [], .rateLimited, "Mail from an onmicrosoft.com address went to too many external recipients.", "Send from a custom domain that is verified.", exchangeOnlineReports),
            .init("5.7.321", [], .encryptionRequired, "The destination advertises DANE but offers no STARTTLS that works.", "Ask the recipient's administrator to repair TLS.", exchangeOnlineReports),
            .init("5.7.322", [], .encryptionRequired, "The DANE check found that the destination's certificate has expired.", "Ask the recipient's administrator to renew the certificate.", exchangeOnlineReports),
            .init("5.7.323", [], .encryptionRequired, "The destination fails the DANE check.", "Ask the recipient's administrator to correct the TLSA record or the certificate.", exchangeOnlineReports),
            .init("5.7.324", [], .dnsFailure, "The DNSSEC data of the destination's domain does not validate.", "Ask the recipient's domain to fix its DNSSEC.", exchangeOnlineReports),
            .init("5.7.325", [], .encryptionRequired, "The DANE check found that the name in the destination's certificate is not that of the MX host.", "Ask the recipient's administrator to correct the name in the certificate.", exchangeOnlineReports),
            .init("5.7.350", [550], .spamContent, "The remote server called the message spam, and Microsoft wrapped its reply.", "Read the remote reply, quoted after the arrow.", exchangeOnlineReports),
            .init("5.7.367", [550], .relayDenied, "The next gateway refused to relay a forwarded message.", "Make SPF or DKIM pass inbound, or use an accepted domain.", "https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/forwarded-message-rejected-5-7-367-ndr"),
            .init("5.7.501", [550], .senderBlocked, "The sending account is banned because spam was seen.", "Secure the account and contact Microsoft support.", exchangeOnlineReports),
            .init("5.7.502", [550], .senderBlocked, "The sending account is banned for spam.", "Secure the account and contact Microsoft support.", exchangeOnlineReports),
            .init("5.7.503", [550], .senderBlocked, "The sending account is banned for spam.", "Secure the account and contact Microsoft support.", exchangeOnlineReports),
            .init("5.7.504", [550], .unknownRecipient, "The recipient address is not valid.", "Check the recipient address.", exchangeOnlineReports),
            .init("5.7.505", [550], .unknownRecipient, "The recipient is banned or not valid.", "Contact support if you think that this is wrong.", exchangeOnlineReports),
            .init("5.7.506", [550], .reverseDNS, "The client greeted with the receiver's own name in HELO.", "Give your own host name in HELO or EHLO.", exchangeOnlineReports),
            .init("5.7.507", [550], .senderBlocked, "The recipient's organisation has blocked the sending IP address.", "Ask the recipient to unblock you.", exchangeOnlineReports),
            .init("5.7.508", [550], .rateLimited, "The IPv6 range sent too many messages in a short time.", "Slow down, or send over IPv4.", exchangeOnlineReports),
            .init("5.7.509", [550], .senderUnauthenticated, "The From domain fails DMARC, and its policy is to reject.", "Align SPF or DKIM with the From domain.", exchangeOnlineReports),
            .init("5.7.510", [550], .policy, "The recipient's domain takes no mail over IPv6.", "Deliver over IPv4.", exchangeOnlineReports),
            .init("5.7.511", [550], .senderBlocked, "The sending IP address is banned, and removal goes by mail, not through the portal.", "Write to delist@microsoft.com with the full bounce and the IP address.", exchangeOnlineReports),
            .init("5.7.512", [550], .contentRejected, "The From header is missing or is not a valid address.", "Add one valid From address.", exchangeOnlineReports),
            .init("5.7.513", [550], .senderBlocked, "The recipient domain's own list blocks the sending IP address (AS16012607).", "Ask the recipient's organisation to take the IP address off its list.", exchangeOnlineReports),
            .init("5.7.520", [550], .policy, "The sender's organisation forbids automatic forwarding to the outside (AS7555).", "Have the administrator allow it in the outbound spam policy.", "https://learn.microsoft.com/en-us/defender-office-365/outbound-spam-policies-external-email-forwarding"),
            .init("5.7.606-649", [550], .senderBlocked, "The sending IP address is on Microsoft's list of blocked senders.", "Fix the cause, then request removal at sender.office.com.", exchangeOnlineReports),
            .init("5.7.700-749", [550], .senderBlocked, "The tenant is banned from sending because most of its traffic looked suspicious.", "Clear up any compromise, then contact Microsoft support.", exchangeOnlineReports),
            .init("5.7.703", [550], .policy, "The Tenant Allow/Block List of your own organisation blocks a recipient.", "Ask your administrator to change the list.", exchangeOnlineReports),
            .init("5.7.705", [550], .senderBlocked, "The tenant sent too much spam or bulk mail.", "Secure the tenant, then contact Microsoft support.", exchangeOnlineReports),
            .init("5.7.708", [550], .senderBlocked, "The mail left through an IP address of low reputation, typical of new or trial tenants.", "Have the administrator ask Microsoft for an IP exception.", exchangeOnlineReports),
            .init("5.7.750", [550], .policy, "Too much mail came from domains that are not registered in the tenant.", "Add and verify every sending domain, and check the connectors.", exchangeOnlineReports),
            .init("5.7.800", [550], .senderBlocked, "The domain in EHLO, envelope or From is banned for spam.", "Contact Microsoft support.", exchangeOnlineReports),
            .init(saying: "submission quota was exceeded", [], .rateLimited, "The sender exceeded the daily limit of recipients.", "Secure the account if it is compromised, and wait.", exchangeOnlineReports),
            .init("AS16012607", [550], .senderBlocked, "This anti-spam marker points to the recipient's customer block list.", "Ask the recipient's organisation to take the IP address off its list.", exchangeOnlineReports),
            .init("AS16012611", [550], .senderBlocked, "The sending IP address is on a Spamhaus list.", "Fix the cause, then request removal at Spamhaus.", "https://smtp.codes/microsoft365", links: [.spamhaus]),
            .init("S8001", [550], .senderBlocked, "The domain given in HELO is on a Spamhaus list.", "Fix the cause, then have the domain removed at Spamhaus.", "https://smtp.codes/microsoft365", links: [.spamhaus]),
            .init("S8002", [550], .senderBlocked, "The domain in MAIL FROM is on a Spamhaus list.", "Fix the cause, then have the domain removed at Spamhaus.", "https://smtp.codes/outlook", links: [.spamhaus]),
            .init(saying: "x-dg-ref header is too long", [550], .contentRejected, "A Rich Text attachment made a header line too long (5.0.350).", "Send the message as HTML, or as plain text.", "https://learn.microsoft.com/en-us/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/fix-error-code-550-5-0-350-in-exchange-online"),
            .init("AS345", [550], .contentRejected, "The attachment holds too many embedded files.", "Remove some of the embedded files.", "https://learn.microsoft.com/en-us/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/fix-error-code-550-5-0-350-in-exchange-online"),
        ])
}

extension Provider {
    // swift-format-ignore
    static let outlookCom = Provider(
        "Outlook.com",
        signatures: [
            .host("olc.protection.outlook.com"),  // MX of Hotmail, Live, MSN and Outlook.com
            .host("hotmail.com"),  // older MX, mx1 to mx4
            .text("mail.live.com/mail/troubleshooting.aspx"),  // old help link
            .text("aka.ms/postmaster"),  // the same since about 2026
            .text("postmaster.live.com"),  // help link in replies about rate limits
            .text("part of their network is on our block list"),  // says that an IP address is blocked
        ],
        links: [
            Link("Outlook.com: sender support", .contact, "https://olcsupport.office.com/"),
            Link("Outlook.com: SNDS and JMRP", .lookup, "https://sendersupport.olc.protection.outlook.com/snds/"),
            Link("Outlook.com: troubleshooting for senders", .documentation, outlookTroubleshooting),
        ],
        codes: [
            .init("RP-001", [421], .rateLimited, "The IP address sends faster than its reputation allows.", "Slow down and improve the reputation, with the help of SNDS and JMRP.", outlookTroubleshooting),
            .init("RP-002", [421], .rateLimited, "There is too much mail on this connection for the reputation of the IP address.", "Send fewer messages over each connection.", outlookTroubleshooting),
            .init("RP-003", [421], .rateLimited, "There are too many connections for the reputation of the IP address.", "Open fewer connections.", outlookTroubleshooting),
            .init("SC-001", [550], .senderBlocked, "A policy refused the mail because it looks like spam or its IP address or domain has a poor reputation.", "Review content and reputation, and contact sender support.", outlookTroubleshooting),
            .init("SC-002", [550], .senderBlocked, "The IP address probed for valid addresses (namespace mining).", "Stop probing for addresses, check for a compromise and contact sender support.", outlookTroubleshooting),
            .init("SC-003", [550], .senderBlocked, "The IP address looks like an open proxy or relay.", "Close the relay, then contact sender support.", outlookTroubleshooting),
            .init("SC-004", [550], .senderBlocked, "The IP address is blocked because users complained.", "Join JMRP, remove those who complain and contact sender support.", outlookTroubleshooting),
            .init("DY-001", [550], .senderBlocked, "The IP address looks dynamic or residential.", "Send through your provider's relay.", outlookTroubleshooting),
            .init("DY-002", [550], .senderBlocked, "The IP address is probably that of a compromised or infected machine.", "Clean the machine, then contact sender support.", outlookTroubleshooting),
            .init("OU-001", [550], .senderBlocked, "The IP address is on a Spamhaus list.", "Fix the cause, then request removal at Spamhaus.", outlookTroubleshooting, links: [.spamhaus]),
            .init("OU-002", [550], .senderBlocked, "A policy refused the mail because of its content or the reputation of its IP address or domain.", "Review content and reputation, and contact sender support.", outlookTroubleshooting),
            .init("5.7.515", [550], .senderUnauthenticated, "The domain sends in high volume but does not pass SPF, DKIM and DMARC.", "Make SPF and DKIM pass, publish DMARC and align the From domain.", outlookTroubleshooting),
            .init(saying: "Sender ID validation failure", [550], .senderUnauthenticated, "The record of the sender's domain says that it sends no mail at all.", "List the sending servers in SPF.", outlookTroubleshooting),
            .init("S3140", [550], .senderBlocked, "The IP address or its network is on the block list of Outlook.com.", "Ask Outlook.com sender support to review the IP address.", wordToTheWise),
            .init("S3150", [550], .senderBlocked, "The IP address or its network is on the block list of Outlook.com.", "Ask Outlook.com sender support to review the IP address.", wordToTheWise),
            .init(saying: "aka.ms/postmaster", [451], .rateLimited, "Outlook.com slows the IP address down.", "Slow down, and look the address up in SNDS.", "https://aka.ms/postmaster", confirmed: false),
            .init("AS843", [451], .rateLimited, "This internal marker is seen with 4.7.500, server busy.", "Slow down and retry.", wordToTheWise),
            .init("AS844", [451], .rateLimited, "This internal marker is seen with temporary rate limits.", "Slow down and retry.", wordToTheWise),
            .init("S775", [451], .rateLimited, "Outlook.com is slowing the IP address because of its reputation.", "Slow down, and look the IP address up in SNDS.", "https://github.com/sisimai/p5-sisimai/blob/5-stable/lib/Sisimai/Rhost/Microsoft.pm"),
            .init("S843", [451], .rateLimited, "Outlook.com is slowing the IP address because of its reputation.", "Slow down, and look the IP address up in SNDS.", "https://smtp.codes/outlook"),
            .init("S3114", [451], .rateLimited, "Outlook.com is slowing the IP address because of its reputation.", "Slow down, and look the IP address up in SNDS.", "https://smtp.codes/outlook"),
            .init(saying: "Organization queue quota exceeded", [450], .rateLimited, "The queue of the recipient's organisation is full; the mailbox is not.", "Let the queue retry.", "https://smtp.codes/outlook", confirmed: false),
            .init("4.7.650", [451], .rateLimited, "Outlook.com is slowing the IP address because of its reputation.", "Slow down, check SNDS and warm up the IP address.", outlookPostmaster, confirmed: false),
            .init("4.7.651", [451], .rateLimited, "Outlook.com is slowing the IP address because of its reputation (S844).", "Slow down, check SNDS and warm up the IP address.", outlookPostmaster),
            .init("4.7.652", [451], .rateLimited, "The IP address opened more connections than are allowed.", "Open fewer connections.", outlookPostmaster, confirmed: false),
        ])
}

extension Provider {
    // swift-format-ignore
    static let exchangeServer = Provider(
        "Exchange Server", .software,
        signatures: [
            .text("RESOLVER."),  // transport component
            .text("STOREDRV."),  // store driver
            .text("QUEUE.Expired"),  // lifetime in the queue ran out
        ],
        links: [
            Link("Microsoft: delivery reports of Exchange Server", .documentation, exchangeServerReports),
        ],
        codes: [
            .init("4.3.1", [452], .systemFull, "The server is short of disk space or memory (back pressure).", "Retry later, and ask the recipient's administrator to free resources.", exchangeServerReports),
            .init("4.3.2", [421], .systemUnavailable, "The transport service is inactive or a connector is misplaced.", "Retry later, and ask the recipient's administrator to check the components.", exchangeServerReports),
            .init("4.4.1", [421], .networkFailure, "The connection to the next server timed out.", "Retry, and check the network and the filtering of port 25.", exchangeServerReports),
            .init("4.4.2", [421], .networkFailure, "The connection was dropped, possibly by limits or a filter.", "Retry, and check rate limits, proxies and firewalls.", exchangeServerReports),
            .init("4.4.7", [550], .expired, "The message was not delivered within its lifetime in the queue.", "Check routing, DNS and the remote server.", exchangeServerReports),
            .init("5.1.0", [550], .badRecipientAddress, "The recipient entry is stale or malformed, or the sender is filtered.", "Enter the address again, and ask whether you are blocked.", exchangeServerReports),
            .init("5.1.1", [550], .unknownRecipient, "The organisation has no such recipient.", "Check the address and clear autocomplete.", exchangeServerReports),
            .init("5.1.3", [501, 550], .badRecipientAddress, "The recipient address has an invalid format.", "Correct the address.", exchangeServerReports),
            .init("5.1.4", [550], .badRecipientAddress, "The recipient address uses a reserved top-level domain such as .test.", "Use a real domain.", exchangeServerReports),
            .init("5.1.5", [550], .badRecipientAddress, "The recipient address uses a reserved domain such as example.com.", "Use a real domain.", exchangeServerReports),
            .init("5.1.6", [550], .badRecipientAddress, "The recipient's domain is only a single label.", "Write the domain out in full.", exchangeServerReports),
            .init("5.1.7", [501, 550], .badSenderAddress, "The sender address is invalid or unknown.", "Correct the sender address.", exchangeServerReports),
            .init("5.1.8", [550], .rateLimited, "The sender exceeded a rate limit for messages.", "Slow down, or raise the limit.", exchangeServerReports),
            .init("5.2.1", [550], .spamContent, "The content filter put the message into quarantine.", "Ask the recipient to release or allow it.", exchangeServerReports),
            .init("5.2.2", [554], .mailboxFull, "The recipient's mailbox is over its quota.", "Ask the recipient to free up space.", exchangeServerReports),
            .init("5.2.3", [550], .messageTooLarge, "The message is larger than the recipient's limit.", "Make the message smaller.", exchangeServerReports),
            .init("5.3.0", [550], .contentRejected, "The message is malformed and was set aside as poison.", "Rebuild the message.", exchangeServerReports),
            .init("5.3.2", [550], .policy, "An address book policy stops delivery to this recipient.", "Ask the recipient's administrator to check the policy.", exchangeServerReports),
            .init("5.3.3", [500], .protocolError, "The connector lacks an Exchange authentication command that is needed.", "Have the administrator correct the connector.", exchangeServerReports),
            .init("5.3.4", [552], .messageTooLarge, "The message is larger than the fixed limit.", "Make the message smaller.", exchangeServerReports),
            .init("5.3.5", [554], .routingFailure, "The configuration has a loop or a wrong host name.", "Have the administrator correct the connector names.", exchangeServerReports),
            .init("5.4.4", [550], .badDestinationDomain, "The recipient's domain was not found in DNS.", "Check the domain and the DNS settings.", exchangeServerReports),
            .init("5.4.6", [554], .routingFailure, "The message exceeded the hop count, so it is probably looping.", "Correct the forwarding or routing.", exchangeServerReports),
            .init("5.5.2", [503], .protocolError, "The commands came out of order, with the greeting missing.", "Send EHLO first.", exchangeServerReports),
            .init("5.5.3", [550], .tooManyRecipients, "The message has too many recipients.", "Split the list of recipients.", exchangeServerReports),
            .init("5.7.1", [550], .relayDenied, "The client may not relay or is not authenticated.", "Log in, or get permission to relay.", exchangeServerReports),
            .init("5.7.3", [535], .credentials, "Exchange authentication is blocked or not configured.", "Check the firewall and the connector's authentication.", exchangeServerReports),
            .init("5.7.900-999", [550], .policy, "A mail flow rule refused the message with a code of its own.", "Ask the recipient's administrator about the rule.", exchangeServerReports),
        ])
}

private let exchangeOnlineReports =
    "https://learn.microsoft.com/en-us/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online"
private let connectorErrors =
    "https://learn.microsoft.com/en-us/defender-office-365/connectors-mail-flow-intelligence"
private let clientSubmissionErrors =
    "https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off"
private let outlookTroubleshooting =
    "https://sendersupport.olc.protection.outlook.com/pm/troubleshooting.aspx"
private let wordToTheWise = "https://www.wordtothewise.com/2017/10/troubleshooting-and-codes"
private let outlookPostmaster = "https://postmaster.live.com"
private let exchangeServerReports =
    "https://learn.microsoft.com/en-us/exchange/mail-flow/non-delivery-reports-and-bounce-messages/non-delivery-reports-and-bounce-messages"
