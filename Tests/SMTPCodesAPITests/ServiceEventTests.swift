import FoundationEssentials
import Testing

@testable import SMTPCodesAPI

/// Events of mail services, after their public documentation, with addresses of our own.
struct ServiceEventTests {
    // swift-format-ignore
    private static let events: [(service: String, json: String, recipients: [String], categories: [String], id: String?)] = [
        ("Amazon SES", #"{"notificationType":"Bounce","mail":{"messageId":"m-1"},"bounce":{"bounceType":"Permanent","bounceSubType":"General","bouncedRecipients":[{"emailAddress":"pat@b.example","action":"failed","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 No such user"},{"emailAddress":"kim@b.example","status":"5.2.2","diagnosticCode":"smtp; 552 5.2.2 Mailbox full"}]}}"#,
         ["pat@b.example", "kim@b.example"], ["unknown-recipient", "mailbox-full"], "m-1"),
        ("Amazon SES in SNS", #"{"Type":"Notification","TopicArn":"arn:x","Message":"{\"eventType\":\"DeliveryDelay\",\"mail\":{\"messageId\":\"m-2\"},\"deliveryDelay\":{\"delayType\":\"MailboxFull\",\"delayedRecipients\":[{\"emailAddress\":\"pat@b.example\",\"status\":\"4.2.2\",\"diagnosticCode\":\"smtp; 452 4.2.2 Mailbox full\"}]}}"}"#,
         ["pat@b.example"], ["mailbox-full"], "m-2"),
        ("Amazon SES without a diagnostic", #"{"eventType":"Bounce","mail":{"messageId":"m-3"},"bounce":{"bounceType":"Transient","bounceSubType":"MailboxFull","bouncedRecipients":[{"emailAddress":"pat@b.example"}]}}"#,
         ["pat@b.example"], ["mailbox-full"], "m-3"),
        ("Amazon SES delivery", #"{"notificationType":"Delivery","mail":{"messageId":"m-4"},"delivery":{"recipients":["pat@b.example"],"smtpResponse":"250 2.0.0 Ok"}}"#,
         ["pat@b.example"], ["accepted"], "m-4"),
        ("SendGrid", #"[{"email":"pat@b.example","event":"bounce","type":"bounce","reason":"550 5.1.1 No such user","status":"5.1.1","sg_event_id":"e-1"},{"email":"kim@b.example","event":"deferred","response":"452 4.2.2 Mailbox full","sg_event_id":"e-2"}]"#,
         ["pat@b.example", "kim@b.example"], ["unknown-recipient", "mailbox-full"], "e-1"),
        ("SendGrid, which did not even try", #"{"email":"pat@b.example","event":"dropped","reason":"Bounced Address","status":"5.0.0","sg_event_id":"e-3"}"#,
         ["pat@b.example"], ["suppressed"], "e-3"),
        ("Amazon SES, which did not even try", #"{"eventType":"Bounce","mail":{"messageId":"m-5"},"bounce":{"bounceType":"Permanent","bounceSubType":"OnAccountSuppressionList","bouncedRecipients":[{"emailAddress":"pat@b.example","status":"5.1.1","diagnosticCode":"Amazon SES did not send the message to this address because it is on the suppression list for your account."}]}}"#,
         ["pat@b.example"], ["suppressed"], "m-5"),
        ("Mailgun", #"{"signature":{"token":"x"},"event-data":{"event":"failed","severity":"permanent","id":"g-1","recipient":"pat@b.example","reason":"generic","delivery-status":{"code":550,"enhanced-code":"5.1.1","message":"No such user","mx-host":"mx.b.example"}}}"#,
         ["pat@b.example"], ["unknown-recipient"], "g-1"),
        ("Postmark", #"{"RecordType":"Bounce","ID":42,"Type":"HardBounce","TypeCode":1,"MessageID":"p-1","Email":"pat@b.example","Description":"The server was unable to deliver your message.","Details":"smtp;550 5.1.1 No such user"}"#,
         ["pat@b.example"], ["unknown-recipient"], "p-1"),
        ("Postmark delivery in words", #"{"RecordType":"Delivery","MessageID":"p-2","Recipient":"pat@b.example","Tag":"Loop","DeliveredAt":"2026-03-05T10:11:12Z","Details":"Handed to the next host"}"#,
         ["pat@b.example"], ["accepted"], "p-2"),
        ("SparkPost", #"[{"msys":{"message_event":{"type":"bounce","event_id":"s-1","rcpt_to":"pat@b.example","error_code":"550","raw_reason":"550 5.1.1 No such user","reason":"550 5.1.1 ..."}}}]"#,
         ["pat@b.example"], ["unknown-recipient"], "s-1"),
        ("KumoMTA", #"{"type":"Bounce","id":"k-1","sender":"chris@a.example","recipient":"pat@b.example","response":{"code":550,"enhanced_code":{"class":5,"subject":1,"detail":1},"content":"No such user","command":"RCPT TO:<pat@b.example>\r\n"},"peer_address":{"name":"mx2.b.example.","addr":"192.0.2.17"}}"#,
         ["pat@b.example"], ["unknown-recipient"], "k-1"),
    ]

    @Test("an event of a mail service is a batch of the replies in it", arguments: events)
    func isBatch(service name: String, json: String, recipients: [String], categories: [String], id: String?) {
        let explanations = service.explain(json).json["explanations"].items
        #expect(explanations.map(\.["recipient"].string) == recipients)
        #expect(explanations.map(\.["category"].string) == categories)
        #expect(explanations.first?["id"].string == id)
    }

    // swift-format-ignore
    @Test(
        "what a service calls soft gives no address up, whatever the receiver said; what it calls hard does",
        arguments: [
            (#"{"eventType":"Bounce","mail":{"messageId":"m"},"bounce":{"bounceType":"Transient","bounceSubType":"General","bouncedRecipients":[{"emailAddress":"pat@b.example","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 No such user"}]}}"#, false),
            (#"{"eventType":"Bounce","mail":{"messageId":"m"},"bounce":{"bounceType":"Permanent","bounceSubType":"General","bouncedRecipients":[{"emailAddress":"pat@b.example","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 No such user"}]}}"#, true),
            (#"{"eventType":"Bounce","mail":{"messageId":"m"},"bounce":{"bounceType":"Undetermined","bouncedRecipients":[{"emailAddress":"pat@b.example","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 No such user"}]}}"#, true),
            (#"{"RecordType":"Bounce","Type":"SoftBounce","Email":"pat@b.example","Details":"smtp;550 5.1.1 No such user"}"#, false),
            (#"{"RecordType":"Bounce","Type":"HardBounce","Email":"pat@b.example","Details":"smtp;550 5.1.1 No such user"}"#, true),
            (#"{"event-data":{"event":"failed","severity":"temporary","recipient":"pat@b.example","delivery-status":{"code":550,"enhanced-code":"5.1.1","message":"No such user"}}}"#, false),
            (#"{"event-data":{"event":"failed","severity":"permanent","recipient":"pat@b.example","delivery-status":{"code":550,"enhanced-code":"5.1.1","message":"No such user"}}}"#, true),
        ])
    func soft(json: String, suppresses: Bool) {
        let answer = service.explain(json).json["explanations"].items[0]
        #expect(answer["category"] == "unknown-recipient")
        #expect(answer["suppress"] == .flag(suppresses))
        #expect(answer["bounce"].string == (suppresses ? "hard" : "soft"))
    }

    @Test("of a long text for many recipients, a line is read for each, and the answers say that it was cut")
    func sharedText() {
        let text = "550 5.1.1 No such user" + String(repeating: " x", count: 5000)
        let recipients = (0..<200).map { "\"\($0)@b.example\"" }
        for (count, isCut) in [(1, false), (200, true)] {
            let list = recipients.prefix(count).joined(separator: ",")
            let answers = service.explain(
                #"{"delivery":{"smtpResponse":"\#(text)","recipients":[\#(list)]}}"#
            ).json["explanations"].items
            #expect(answers.count == count)
            #expect(answers.allSatisfy { $0["category"] == "unknown-recipient" })
            if isCut {
                #expect(answers.allSatisfy { $0["truncated"] == .flag(true) && $0["input"].string.utf8.count == 512 })
            }
        }
    }

    @Test("a line of NDJSON may be an event about one recipient")
    func line() {
        let events = Self.events.filter { $0.recipients.count == 1 && $0.json.hasPrefix("{") }
        let answers = service.explain(events.map(\.json).joined(separator: "\n"), as: "application/x-ndjson").text
        let lines = answers.split(separator: "\n").map { Value(Data($0.utf8)) }
        #expect(lines.map(\.["category"].string) == events.map { $0.categories[0] })
    }

    @Test(
        "an event without a reply is told what is wrong",
        arguments: [
            #"{"notificationType":"Complaint","mail":{"messageId":"m"},"complaint":{"complainedRecipients":[{"emailAddress":"a@b.example"}]}}"#,
            #"{"email":"pat@b.example","event":"open","sg_event_id":"e"}"#,
            #"{"RecordType":"SpamComplaint","Type":"SpamComplaint","Email":"pat@b.example","Details":""}"#,
            #"{"Type":"Notification","Message":"no json"}"#, #"{"msys":{"track_event":{}}}"#,
        ])
    func noReply(json: String) {
        #expect(service.explain(json).status == 400)
        let batch = service.explain("[\(json), \"550 5.1.1 No such user\"]").json["explanations"].items
        #expect(batch.count == 2)
        #expect(batch[0]["status"] == 400)
        #expect(batch[1]["category"] == "unknown-recipient")
    }
}
