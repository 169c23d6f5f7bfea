using System;
using Chain.Networking.Receiving;

namespace Chain.Networking.Tests.Receiving;

public sealed class TokenBucketTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Bucket_afterItsBurst_makesWaitAtItsRate()
    {
        TokenBucket bucket = new(1_000, 500, _time);

        Assert.Equal(TimeSpan.Zero, bucket.Take(500));
        Assert.Equal(100, bucket.Take(100).TotalMilliseconds, 1d);
        Assert.Equal(200, bucket.Take(100).TotalMilliseconds, 1d);
        _time.Advance(0.2);
        Assert.Equal(100, bucket.Take(100).TotalMilliseconds, 1d);
    }

    [Fact]
    public void Bucket_idleForLong_holdsNoMoreThanItsBurst()
    {
        TokenBucket bucket = new(1_000_000_000, 500, _time);
        bucket.Take(500);
        _time.Advance(TimeSpan.FromDays(1_000));

        Assert.True(bucket.TryTake(500));
        Assert.False(bucket.TryTake(1));
    }

    [Fact]
    public void Bucket_askedOften_losesNoFractions()
    {
        TokenBucket bucket = new(10, 10, _time);
        bucket.Take(10);
        int taken = 0;
        for (int i = 0; i < 1_000; i++)
        {
            _time.Advance(0.01);
            if (bucket.TryTake(1)) taken++;
        }
        Assert.Equal(100, taken, 1d);
    }
}
