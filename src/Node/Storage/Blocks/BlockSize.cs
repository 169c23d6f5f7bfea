using Chain.Primitives.Blocks;

namespace Chain.Node.Storage.Blocks;

/// <summary>Length of a block's protobuf encoding, without encoding its transactions once more.</summary>
internal static class BlockSize
{
    public static int Of(Block block)
    {
        int data = 0;
        foreach (byte[] transaction in block.Transactions) data += Field(transaction.Length);
        int evidence = 0;
        foreach (DuplicateVoteEvidence item in block.Evidence) evidence += Field(Field(item.ToProto().Length));
        return Field(block.Header.ToProto().Length) + Field(data) + Field(evidence) + Field(block.LastCommit.ToProto().Length);
    }

    /// <summary>A length-delimited field with a one-byte key.</summary>
    private static int Field(int length)
    {
        int prefix = 1;
        for (int rest = length; rest >= 0x80; rest >>= 7) prefix++;
        return 1 + prefix + length;
    }
}
