namespace Chain.Node.Peers;

/// <summary>What a check of a vote's or proposal's signature says.</summary>
public enum MessageVerdict : byte
{
    /// <summary>Signed by the validator that it names.</summary>
    Genuine,

    /// <summary>For a height or round whose set is not known here; nobody's fault.</summary>
    Elsewhere,

    /// <summary>Not signed by the validator that it names: whoever sent it lies.</summary>
    Forged,
}
