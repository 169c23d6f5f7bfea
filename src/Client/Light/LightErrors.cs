using Chain.Client.Errors;
using Chain.Consensus.Light;
using Chain.Primitives.Blocks;

namespace Chain.Client.Light;

/// <summary>A light client's refusals in words.</summary>
public static class LightErrors
{
    private const string TrustAnew =
        "Take the height and hash of a recent block from a source that you trust: --trust-height and --trust-hash.";

    public static ClientException NothingTrusted() => new(ClientErrorCode.TrustMissing, "Nothing is trusted yet.",
        "A light client verifies headers from one that its user knows to be right.", TrustAnew);

    public static ClientException WrongTrust(Height height, string why) => new(ClientErrorCode.HeaderInvalid,
        $"The block at height {height} is not the one that you trust.", why,
        "Ask another node; check the hash with its source before you believe this one.");

    public static ClientException NoWitness() => new(ClientErrorCode.WitnessMissing, "No witness confirms the header.",
        "Every witness was out of reach, behind, or said something that it could not prove.",
        "Name other witnesses, or ask again in a moment.");

    public static ClientException BadOptions() => new(ClientErrorCode.BadInput, "The light client's options make no sense.",
        "The trusting period is above 0 and below 100 years, the trust level between 1/3 and 1.", "See 'chain light sync --help'.");

    /// <summary>Why a node's block was not accepted.</summary>
    public static ClientException Of(LightVerdict verdict, Height height, string source) => verdict.Code switch
    {
        LightCode.TrustExpired => new(ClientErrorCode.TrustExpired, "The trust has expired.",
            "The newest trusted header is older than the trusting period. Validators of that time may have left with their "
            + "stake and could sign anything.", TrustAnew),
        LightCode.FromFuture => new(ClientErrorCode.HeaderInvalid, $"The header of height {height} from {source} is from the future.",
            "Its time lies ahead of this machine's clock by more than the drift allowed.",
            "Set this machine's clock, or ask another node. The clock of a dev chain may have been moved on purpose."),
        _ => new(ClientErrorCode.HeaderInvalid, $"The block of height {height} from {source} does not verify.",
            $"{Reason(verdict)} ({verdict}).", "Do not rely on this node; ask another one."),
    };

    private static string Reason(LightVerdict verdict) => verdict.Code switch
    {
        LightCode.NotEnoughTrust => "Too few of the trusted validators signed it",
        LightCode.WrongHeight => "It is not the block that was asked for",
        LightCode.Malformed => "It is not a header of this format",
        LightCode.WrongChain => "It contradicts the chain that is trusted",
        LightCode.CommitOfOther => "The signatures are for another block",
        LightCode.WrongTime => "Its time does not fit between its neighbours",
        LightCode.WrongValidators => "The validators given are not those that it names",
        LightCode.WrongNextValidators => "Its validators are not those that the block before announced",
        LightCode.InvalidCommit => "Its commit does not hold",
        LightCode.NotParent => "The block after it names another one",
        _ => "It cannot be used",
    };
}
