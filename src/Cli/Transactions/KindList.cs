using System;
using System.Linq;
using Chain.Cli.Terminal;
using Chain.Client.Errors;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Transactions;

/// <summary>Kinds of messages by their names, with commas between.</summary>
internal static class KindList
{
    /// <param name="isAllowed">Which kinds may be named here.</param>
    public static KindMask Read(string text, Func<MessageKind, bool> isAllowed)
    {
        ulong bits = 0;
        foreach (string name in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            bool isKind = JsonNames.TryParse(name, out MessageKind kind) && isAllowed(kind);
            if (!isKind) throw Bad($"'{name}' is no kind that can stand here.", isAllowed);
            bits |= KindMask.Of(kind).Bits;
        }
        return bits != 0 ? new KindMask(bits) : throw Bad("No kind is named.", isAllowed);
    }

    public static string AllOf(Func<MessageKind, bool> isAllowed) =>
        string.Join(", ", Enum.GetValues<MessageKind>().Where(isAllowed).Select(k => JsonNames.Of(k)));

    private static ClientException Bad(string what, Func<MessageKind, bool> isAllowed) => new(
        ClientErrorCode.BadInput, what, "Kinds are written with commas between.", $"Choose among: {AllOf(isAllowed)}.");
}
