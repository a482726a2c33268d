import FoundationEssentials

/// The catalog's entries as the service answers them, for those who ask without it.
public enum EntryJSON {
    /// The entry of a reply code, an enhanced code, a category or a provider; nil where there is none by the name.
    public static func find(_ name: String) -> Data? {
        let routes: [(String) throws -> any Encodable] = [
            CodesRoute.entry, EnhancedRoute.entry, CategoriesRoute.entry, ProvidersRoute.entry,
        ]
        for entry in routes.lazy.compactMap({ try? $0(name) }) { return Service.encode(entry, pretty: true) }
        return nil
    }
}
