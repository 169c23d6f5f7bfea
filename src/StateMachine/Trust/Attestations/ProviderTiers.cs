using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Store;

namespace Chain.StateMachine.Trust.Attestations;

/// <summary>
/// The tier of a provider: the highest that an attestation in force states. So it rises only when one comes into force, and falls at the
/// very second when one expires, whenever the timed moves run (marketplace.md 5.6, P16).
/// </summary>
public static class ProviderTiers
{
    private static readonly AttestationSchema[] Stating =
        [AttestationSchema.Hardware, AttestationSchema.Benchmark, AttestationSchema.AuditTier];

    /// <summary>The tier at a time that is not after the block's.</summary>
    public static byte At(ExecutionContext context, in Address provider, MarketTime at)
    {
        byte tier = 0;
        foreach (AttestationSchema schema in Stating)
        {
            tier = Math.Max(tier, AttestationStore.Bring(context, provider, schema, at).TierAt(at));
        }
        return tier;
    }

    /// <summary>For queries: the tier that each stating schema gives, as far as the timed moves have run.</summary>
    public static IReadOnlyList<KeyValuePair<AttestationSchema, byte>> Read(IStateReader state, in Address provider, MarketTime now)
    {
        List<KeyValuePair<AttestationSchema, byte>> tiers = [];
        foreach (AttestationSchema schema in Stating)
        {
            tiers.Add(new(schema, AttestationIndex.Load(state, provider, schema).TierAt(now)));
        }
        return tiers;
    }
}
