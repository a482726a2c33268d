import Testing

@testable import SMTPExplain

struct RetryTimeTests {
    @Test(
        "the time to wait is read, in seconds",
        arguments: [
            ("Intente de nuevo en 5 minutos", 300), ("Réessayez dans 2 heures", 7200),
            ("Zkuste to znovu za 90 sekund", 90),
            ("Riprovare tra 10 minuti", 600), ("Tente novamente em 1 hora", 3600),
            ("Probeer het over 5 minuten opnieuw", 300),
            ("Greylisted, please try again in 300 seconds", 300), ("Please try again in 5 minutes", 300),
            ("Greylisted, retry after 300s", 300), ("Retry after 1 second", 1), ("Try again in 45 sec", 45),
            ("Wait 90 secs before retrying", 90), ("Please come back in 00:05:00", 300), ("retry in 01:30:00", 5400),
            ("Try again after 00:00:30", 30), ("try again in 1 minute", 60), ("Retry in 15 mins", 900),
            ("Try again in 5min", 300), ("retry after 10m", 600), ("Try again in 1 hour", 3600),
            ("try again in 2 hours.", 7200), ("Retry in 4h", 14400), ("Please retry in 6 hrs", 21600),
            ("Try again after 1 day", 86400), ("come back in 2 days", 172_800), ("Try again in 7 days", 604_800),
            ("Greylisted for 5 minutes", 300), ("Blocked for 30 minutes", 1800), ("Deferred for 10 minutes", 600),
            ("Please resend in 600 seconds", 600), ("TRY AGAIN IN 5 MINUTES", 300), ("wait 5 minutes, then", 300),
            ("Too many connections. In 5 minutes, then try again", 300), ("Wait for 120 seconds and try again", 120),
            ("Greylisted (192.0.2.7), try again in 60 seconds", 60), ("Try again in 30-60 minutes", 3600),
            ("Limit of 100 messages per 1 hour reached, please retry in 10 minutes", 600),
            ("Bitte versuchen Sie es in 10 Minuten erneut", 600), ("Greylisting, bitte 5 Minuten warten", 300),
        ])
    func waits(text: String, seconds: Int) {
        #expect(Self.seconds(text) == seconds)
    }

    @Test(
        "a time that nobody can mean is ignored",
        arguments: [
            "Try again in 0 seconds", "Try again in 00:00:00", "Try again in 400 days", "Try again in 9999 hours",
            "Try again in 99999999 seconds", "Try again in 99999999 days", "Try again in 123456789012345678901 seconds",
            "Try again in 99999999:59:59", "Try again in -5 minutes", "Try again in 00:75:00", "Try again in 00:05:61",
        ])
    func absurd(text: String) {
        #expect(Self.seconds(text) == nil)
    }

    @Test(
        "a limit is no time to wait",
        arguments: [
            "100 correos por 1 hora, intente de nuevo", "You sent 100 messages per 1 hour",
            "Limit: 100 messages per 1 hour", "max 30 connections in 60 seconds",
            "Limit of 500 recipients per 24 hours exceeded, try again later",
            "Try again later: limit of 100 messages per 1 hour exceeded", "Rate exceeded, 120 / 1h, please retry",
            "Please retry more slowly, at most 20 messages every 10 minutes",
        ])
    func limits(text: String) {
        #expect(Self.seconds(text) == nil)
    }

    @Test(
        "a time that has passed, or of another thing, is no time to wait",
        arguments: [
            "Message has been in the queue for 4 hours", "Connection timed out after 300 seconds",
            "still undelivered after 4 hours; will keep trying until message is 5 days old",
            "Gave up after retrying for 5 days", "Timed out: waited 300s for the next command",
            "Try again at 10:15:00", "Try again later", "Try again in a few minutes", "Message is 5 MB, try a link",
            "Try again with TLS 1.2", "try again from 192.0.2.5", "Your account is 30 days old", "5 minutes", "",
            "Password expires in 3 days", "Retry limit of 5 messages",
        ])
    func otherTimes(text: String) {
        #expect(Self.seconds(text) == nil)
    }

    @Test("only a refusal asks to wait")
    func notOfSuccess() {
        #expect(explainer.explain("450 4.2.0 Greylisted, try again in 5 minutes").retryAfterSeconds == 300)
        #expect(explainer.explain("250 2.0.0 Ok, try again in 5 minutes").retryAfterSeconds == nil)
    }

    private static func seconds(_ text: String) -> Int? {
        RetryTime.seconds(in: FoldedText(text).bytes)
    }
}
