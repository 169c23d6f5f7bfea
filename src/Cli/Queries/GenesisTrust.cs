using System.Collections.Generic;
using System.IO;
using Chain.Client.Light;
using Chain.Node.Hosting;
using Chain.Primitives.Blocks;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Genesis;

namespace Chain.Cli.Queries;

/// <summary>Whom a user trusts who has the genesis file of a chain: its first validators.</summary>
internal static class GenesisTrust
{
    /// <summary>The genesis of a home, or null when there is none that can be read.</summary>
    public static GenesisDocument? Find(string home)
    {
        NodeHome node = new(home);
        if (!node.Exists) return null;
        bool isValid = GenesisDocument.TryParse(File.ReadAllBytes(node.GenesisFile), out GenesisDocument genesis, out _);
        return isValid ? genesis : null;
    }

    /// <summary>
    /// Checks a proof with what the home's genesis says, when it is of the same chain. Its validators are trusted as long as
    /// they are the header's; once the set has changed, following the changes is the work of a light client, and the step
    /// stays unchecked.
    /// </summary>
    public static ProofReport Verify(ProofBundle bundle, string home)
    {
        Header header = bundle.SignedHeader.Header;
        GenesisDocument? genesis = Find(home);
        if (genesis?.ChainId != header.ChainId) return LightProof.Verify(bundle, null, null);
        Hash256? first = ValidatorsHash(genesis);
        return LightProof.Verify(bundle, genesis.ChainId, first == header.ValidatorsHash ? first : null);
    }

    /// <summary>validators_hash of the first height; null for a genesis without a sound set.</summary>
    public static Hash256? ValidatorsHash(GenesisDocument genesis)
    {
        List<ValidatorUpdate> members = [];
        foreach (GenesisValidator validator in genesis.Validators)
        {
            members.Add(new ValidatorUpdate(validator.PublicKey, validator.Power));
        }
        return ValidatorSet.TryCreate(members, out ValidatorSet set, out _) ? set.Hash() : null;
    }
}
